/** What somebody sees of one tab, before a role is given and with it. */
export type TabSight = { label: string; before: number; after: number }

/** One person of a review: they get the role, or `problem` says why not. */
export type PersonReview = {
  who: string
  problem: string | null
  isOutside: boolean
  tabs: TabSight[]
  /** Where one sees what they would see. */
  preview?: string
}

/** What is shown before a role is given: `getting` are the addresses of those who get it, `key` makes one effect of however many submissions. */
export type RoleReview = { key: string; what: string; people: PersonReview[]; getting: string }

/** The fields of a role's form, as they were sent. */
export type RoleFields = {
  people?: string
  role: string
  place: string
  nested: string
  lastDay: string
  purpose: string
}

/** Where a form of a role stands: to be filled in, or to be confirmed. */
export type RoleState = { problems: string[]; given: RoleFields; review?: RoleReview }

/** The fields of a Virtual Account's form; `more` is decided about one that is there. */
export type PlaceFields = {
  name: string
  description: string
  parentId: string
  more?: { access: string; preferredEndDate: string; tags: string }
}
export type PlaceState = { problems: string[]; given: PlaceFields }

/** What a form holds, by the names of its fields; several values where several may be chosen. */
export type Given = Readonly<Record<string, readonly string[]>>

/** A field of a form that is drawn from its description. */
export type FieldSpec = { name: string; label: string; hint?: string; required?: boolean } & (
  | { kind: 'text' | 'email'; maxLength?: number }
  | { kind: 'lines'; rows?: number; maxLength?: number }
  | { kind: 'date'; min?: string; max?: string }
  | { kind: 'select' | 'checks'; options: { value: string; label: string }[] }
)

/** What would happen, before it does: a sentence, what differs, and who gets what. */
export type Review = {
  key: string
  what: string
  lines?: { label: string; before: string; after: string }[]
  notes?: string[]
  people?: PersonReview[]
  /** What is sent along with the confirmation, beside the fields. */
  kept?: Readonly<Record<string, string>>
}

/** Where a form stands: to be filled in, or to be confirmed. */
export type FormState = { problems: string[]; given: Given; review?: Review }
