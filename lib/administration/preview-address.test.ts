import { type PreviewGrant, readGrant, writeGrant } from './preview-address'

const grants: PreviewGrant[] = [
  { role: 'sa_viewer', places: [null], includesNested: false, person: null, without: null },
  { role: 'va_user', places: [5, 7], includesNested: true, person: 17, without: 3 },
  { role: 'va_viewer', places: [5], includesNested: false, person: 'corp.example', without: null },
  { group: 3, person: 17, without: null },
]

test.each(grants)('%j is read as it was written', (grant) => expect(readGrant(writeGrant(grant))).toEqual(grant))

test.each([
  ...[
    '',
    'va_user',
    'va_user:',
    'sa_viewer:5:::',
    'nobody:5:::',
    'va_user:x:::',
    'va_user:5:deep::',
    'group:::',
    'group:0:::',
  ],
  ...['va_user:5::no domain:', 'va_user:5::::6', 'va_user:5,:::'],
])('%s is none', (text) => expect(readGrant(text)).toBeNull())
