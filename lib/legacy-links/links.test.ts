import { movedTo } from './links'

test.each(['/clc', '/clc/', '/clc/overview', '/CLC/Overview'])('%s has moved', (path) =>
  expect(movedTo(path)).toBe('/'),
)

test.each(['/', '/clc/other', '/constructor', '//clc', '/sign-in'])('%s has not', (path) =>
  expect(movedTo(path)).toBeNull(),
)
