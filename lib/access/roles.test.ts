import fc from 'fast-check'
import { type Assignment, pathOf, reachOf, type VirtualAccount } from './roles'

const va = (id: number, parentId: number | null, name = `VA ${id}`): VirtualAccount => ({
  id,
  parentId,
  name,
  isDefault: false,
  accessLevel: 'unrestricted',
})
const tree = [va(1, null, 'EMEA'), va(2, 1, 'Germany'), va(3, 1, 'France'), va(4, 2, 'Berlin'), va(5, null, 'APJC')]
const assignment = (virtualAccountId: number | null, includesNested: boolean): Assignment => ({
  id: 1,
  accountId: 1,
  role: virtualAccountId === null ? 'sa_viewer' : 'va_admin',
  virtualAccountId,
  includesNested,
  expiresAt: null,
})

test('a Smart Account role reaches the account', () => {
  expect(reachOf(assignment(null, false), tree)).toBe('account')
})

test('a Virtual Account role reaches that one, and what is nested at any depth only where it says so', () => {
  expect(reachOf(assignment(1, false), tree)).toEqual(new Set([1]))
  expect(reachOf(assignment(1, true), tree)).toEqual(new Set([1, 2, 3, 4]))
  expect(reachOf(assignment(5, true), tree)).toEqual(new Set([5]))
})

test('a path names the accounts from the top down', () => {
  expect(pathOf(4, tree)).toBe('EMEA › Germany › Berlin')
})

test('a nested reach is the account and all below it, whatever the tree, even with a circle in it', () => {
  const parents = fc.array(fc.option(fc.nat({ max: 19 }), { nil: null }), { minLength: 20, maxLength: 20 })
  fc.assert(
    fc.property(parents, fc.nat({ max: 19 }), (parentIds, start) => {
      const random = parentIds.map((parentId, id) => va(id, parentId))
      const isBelow = (id: number, seen: number[] = []): boolean => {
        if (id === start) return true
        const parentId = parentIds[id]
        return parentId !== null && parentId !== undefined && !seen.includes(id) && isBelow(parentId, [...seen, id])
      }
      const expected = random.filter(({ id }) => isBelow(id)).map(({ id }) => id)
      const reach = reachOf(assignment(start, true), random)
      expect(reach === 'account' ? [] : [...reach].sort((a, b) => a - b)).toEqual(expected)
    }),
  )
})
