/** What a person may not know of, and what does not exist: the same to them. */
export class NotFound extends Error {}

/** Somebody else was faster; `changed` names what is no longer as it was read. */
export class Conflict extends Error {
  constructor(
    message: string,
    readonly changed: string[] = [],
  ) {
    super(message)
  }
}

/** Input that cannot be worked with, one sentence a problem, in the words of the person who gave it. */
export class Invalid extends Error {
  constructor(readonly problems: string[]) {
    super(problems.join(' '))
  }
}

/** What scripts are answered with while the database is away; components/ui/failure.tsx knows it. */
export const AWAY = 'The data could not be reached. Nothing is lost. Try again in a few seconds.\n'

/**
 * The database did not answer in time. Known by what it says of itself, not by its class: the build has this file in several
 * pieces, and what one of them throws another one judges (lib/access/outage.ts).
 */
export class Unavailable extends Error {
  readonly kind = 'unavailable'
  static override [Symbol.hasInstance](value: unknown): boolean {
    return typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'unavailable'
  }
  /** All that the browser is told of it, and the reference under which the log has it; see components/ui/failure.tsx. */
  readonly digest = `unavailable:${crypto.randomUUID().slice(0, 8)}`
}
