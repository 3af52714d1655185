import { tabSeparated } from './tab-separated'

test('rows become lines, cells stand between tabs, and nothing in them is a formula or another cell', () => {
  const rows = [
    ['Host name', 'Balance'],
    ['core-1', '-1,200'],
    ['=HYPERLINK("http://evil.example")', ''],
    ['two\tcells\r\nor lines', '+1 (area)'],
  ]
  expect(tabSeparated(rows)).toBe(
    'Host name\tBalance\ncore-1\t-1,200\n\'=HYPERLINK("http://evil.example")\t\ntwo cells or lines\t\'+1 (area)',
  )
})
