/** Which characters there are of a kind, by their codes. */
const kindOf = (pattern: RegExp) =>
  Uint8Array.from({ length: 0x1_0000 }, (_, code) => Number(pattern.test(String.fromCharCode(code))))
const [BEGINS, GOES_ON, DIGIT] = [kindOf(/[A-Za-z\d]/), kindOf(/[A-Za-z\d._@-]/), kindOf(/\d/)]
const DATE = /^\d{4}-\d\d-\d\d$/

/**
 * What may name a thing: six or more letters, digits and joints that do not begin with a joint, have a digit and are no
 * date. Read letter by letter, as every answer of the matrix is: a pattern would make a text of each word of a page.
 */
export function wordsIn(text: string): Set<string> {
  const found = new Set<string>()
  for (let at = 0; at < text.length; at++) {
    if (!BEGINS[text.charCodeAt(at)]) continue
    const start = at
    let digits = 0
    for (; GOES_ON[text.charCodeAt(at)]; at++) digits += DIGIT[text.charCodeAt(at)] ?? 0
    if (digits === 0 || at - start < 6) continue
    const word = text.slice(start, at)
    if (!DATE.test(word)) found.add(word)
  }
  return found
}

const [LOCAL, HOST, END] = [kindOf(/[\w.+-]/), kindOf(/[\w.-]/), kindOf(/\w/)]

/** Every address in a text, found from its @: a pattern would try to begin one at each letter. */
export function addressesIn(text: string): Set<string> {
  const found = new Set<string>()
  let last = 0
  for (let at = text.indexOf('@'); at >= 0; at = text.indexOf('@', at + 1)) {
    let begin = at
    while (begin > last && LOCAL[text.charCodeAt(begin - 1)]) begin--
    let end = at + 1
    while (HOST[text.charCodeAt(end)]) end++
    while (end > at + 1 && !END[text.charCodeAt(end - 1)]) end--
    if (begin === at || end === at + 1) continue
    found.add(text.slice(begin, end))
    last = end
  }
  return found
}
