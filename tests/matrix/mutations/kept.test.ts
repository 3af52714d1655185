import { codeMutations } from './code'
import { keptInVain } from './kept'

test('every check that is said to be unnoticeable is there', () => {
  expect(keptInVain(codeMutations())).toEqual([])
})
