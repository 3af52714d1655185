const SHORTEST = 32
const EXAMPLES = /change.?me|replace.?me|example|placeholder|your.?(secret|key)|insert.?(secret|key)|dummy|password/i

/** Why a secret cannot be used, as the end of a sentence that starts with its name; undefined when it can. */
export function secretProblem(secret: string): string | undefined {
  if (secret.length < SHORTEST) return `is too short: at least ${SHORTEST} characters`
  if (EXAMPLES.test(secret) || new Set(secret).size < 10) return 'looks like an example value; make a random one'
  return undefined
}

/** Pairs of names that hold the same secret. */
export function sameSecrets(secrets: Record<string, string>): [string, string][] {
  const entries = Object.entries(secrets)
  return entries.flatMap(([name, value], index) => {
    const twin = entries.slice(0, index).find(([, earlier]) => earlier === value)
    return twin ? [[twin[0], name] as [string, string]] : []
  })
}
