import type { Viewer } from './viewer'

export type Contact = { id: number; name: string; email: string; organisation: string }

/**
 * Whether the viewer may read the name and address of somebody who administers the account or acted in it: of their own
 * organisation, or the account shows its administrators to everybody with access.
 */
export const mayKnow = (
  viewer: Pick<Viewer, 'id' | 'organisation' | 'isPreview'>,
  contact: Pick<Contact, 'id' | 'organisation'>,
  sharesContacts: boolean,
): boolean =>
  (contact.id === viewer.id && !viewer.isPreview) || contact.organisation === viewer.organisation || sharesContacts
