import { inTreeOrder, mayPlan, withNested } from './place-rules'
import { placeForm, tagsText } from './place-schema'

const va = (id: number, name: string, parentId: number | null = null) => ({
  id,
  name,
  parentId,
  isDefault: name === 'DEFAULT',
})
const TREE = [va(4, 'Germany', 3), va(3, 'EMEA'), va(5, 'Berlin', 4), va(2, 'Americas'), va(1, 'DEFAULT')]

test('a tree is shown from the top down, DEFAULT first', () => {
  expect(inTreeOrder(TREE).map(({ name, depth }) => `${depth} ${name}`)).toEqual([
    '0 DEFAULT',
    '0 Americas',
    '0 EMEA',
    '1 Germany',
    '2 Berlin',
  ])
})

test('what stands under something that is not seen is at the top', () => {
  expect(inTreeOrder([va(5, 'Berlin', 4)]).map(({ depth }) => depth)).toEqual([0])
})

test('whoever administers a Virtual Account with what is nested in it plans there, and nowhere else', () => {
  const grant = {
    id: 1,
    accountId: 1,
    virtualAccountId: 3,
    includesNested: true,
    expiresAt: null,
    reach: new Set([3, 4, 5]),
  }
  const viewer = { grants: [{ ...grant, role: 'va_admin' as const }] }
  expect([3, 4, 2, null].map((parent) => mayPlan(viewer, parent))).toEqual([true, true, false, false])
  expect(mayPlan({ grants: [{ ...grant, role: 'va_user' }] }, 3)).toBe(false)
  expect(mayPlan({ grants: [{ ...grant, role: 'va_admin', includesNested: false, reach: new Set([3]) }] }, 3)).toBe(
    false,
  )
  expect(mayPlan({ grants: [{ ...grant, role: 'sa_user', reach: 'account' }] }, 3)).toBe(false)
})

test('what is nested in a Virtual Account, itself too', () => {
  expect(withNested(3, TREE)).toEqual(new Set([3, 4, 5]))
})

test('tags are read from lines and written as they are read', () => {
  const form = { name: ' Site ', description: '', parentId: '', access: 'restricted', preferredEndDate: '' }
  const given = placeForm.parse({ ...form, tags: 'cost center = 4711\n\nowner\r\n' })
  expect(given).toMatchObject({ name: 'Site', parentId: null, tags: { 'cost center': '4711', owner: '' } })
  expect(tagsText(given.tags)).toBe('cost center=4711\nowner')
  expect(placeForm.safeParse({ ...form, tags: 'a=1\na=2' }).success).toBe(false)
  expect(placeForm.safeParse({ ...form, tags: '=1' }).success).toBe(false)
})
