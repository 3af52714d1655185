/** Characters of a note: it stands in a cell of the log. */
export const NOTE_AT_MOST = 1000

/** What came of sending a note; `text` comes back where it was not added. */
export type Noting = { text: string; problem?: string; isAdded?: boolean }
