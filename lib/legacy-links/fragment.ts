/** What stands behind `#` as it is compared: without `#` and a slash at the end, in small letters. */
export const plain = (fragment: string): string => fragment.replace(/^#|\/$/g, '').toLowerCase()
