import { type Contact, mayKnow } from '@/lib/access/contacts'
import type { Viewer } from '@/lib/access/viewer'
import { actorKinds } from '@/lib/changes/events'

export type Acting = Pick<Contact, 'id' | 'name' | 'organisation'>

const UNNAMED = 'Somebody of another organization'

/** A person by name, as far as the viewer may know it. */
export const readPerson = (viewer: Viewer, person: Acting, sharesContacts: boolean): string =>
  mayKnow(viewer, person, sharesContacts) ? person.name : UNNAMED

/** Who acted: a person by name, as far as the viewer may know it, else what kind of actor it was. */
export const readActor = (
  viewer: Viewer,
  kind: keyof typeof actorKinds,
  person: Acting | null,
  sharesContacts: boolean,
): string => (kind === 'person' && person ? readPerson(viewer, person, sharesContacts) : actorKinds[kind])
