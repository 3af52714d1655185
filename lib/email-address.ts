const SHAPE = /^[^@\s\p{C}"',;:<>()[\]\\]{1,64}@[a-z0-9-]+(\.[a-z0-9-]+)+$/u

/**
 * The one form in which an address is stored and compared: NFKC, then lower case. Null when it is no single address.
 * Normalized before it is checked: some characters become a second `@` or a quote only then.
 */
export function normalEmail(text: string): string | null {
  const normal = text.normalize('NFKC').trim().toLowerCase()
  return normal.length <= 254 && SHAPE.test(normal) ? normal : null
}

/** The organisation of a person: the domain of the address. */
export function organisationOf(email: string): string {
  return email.slice(email.indexOf('@') + 1)
}
