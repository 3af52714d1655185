/** A page that the palette and the go-to keys can reach. */
export type Command = {
  label: string
  /** Heading in the palette: "Pages", "Accounts", "Administration". */
  group: string
  href: string
  /** Further words that find it. */
  keywords?: string
  /** Keys one after the other, such as "g d". */
  shortcut?: string
}

/** `also`: the addresses whose pages belong to the tab. */
export type Tab = { label: string; href: string; also: readonly string[] }

export type AccountChoice = { name: string; domain: string; href: string; current: boolean; role?: string }

/** The two ways to look: at a Smart Account, or at what was shared with the person. */
export type ViewChoice = { label: string; href: string; current: boolean }

export type PersonLinks = { access: string; userView?: string; signOut: string }
