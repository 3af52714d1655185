import { NOTE_AT_MOST } from './note-text'
import { noteText } from './schema'

test.each([
  ['  Agreed with the team.\r\nOn the phone.\t ', 'Agreed with the team.\nOn the phone.'],
  ['x'.repeat(NOTE_AT_MOST), 'x'.repeat(NOTE_AT_MOST)],
  ['Größe 5 – 名前 👍', 'Größe 5 – 名前 👍'],
])('%j is a note', (typed, kept) => {
  expect(noteText.parse(typed)).toBe(kept)
})

test.each([null, '', ' \n ', 'x'.repeat(NOTE_AT_MOST + 1), 'a\u0000b', 'a\u001bb'])('%j is none', (typed) => {
  expect(noteText.safeParse(typed).success).toBe(false)
})
