/** One line under the search field: a thing that somebody may mean, and where it is. */
export type Suggestion = { group: string; title: string; detail: string; href: string }
