/** The name that a file is saved under: its title without what file systems refuse, and the ending of its key. */
export function fileName(title: string, storageKey: string): string {
  const [, ending = ''] = /(\.[a-z0-9]{1,8})$/i.exec(storageKey) ?? []
  return `${safeName(title)}${ending.toLowerCase()}`
}

/** A name that every file system takes. */
export function safeName(text: string): string {
  const plain = text
    .normalize('NFC')
    .replace(/[\p{C}\p{Zl}\p{Zp}]/gu, '')
    .replace(/[<>:"/\\|?*]+/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/^[.\s]+|[.\s]+$/g, '')
  const name = [...plain].slice(0, 120).join('').trim()
  return name === '' || /^(con|prn|aux|nul|com\d|lpt\d)$/i.test(name) ? `file ${name}`.trim() : name
}

/** `attachment` with the name in both ways that RFC 6266 knows. */
export function attachment(name: string): string {
  const ascii = name.replace(/[^\x20-\x7e]/g, '_').replace(/["\\%]/g, '_')
  const coded = encodeURIComponent(name).replace(
    /['()*]/g,
    (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`,
  )
  return `attachment; filename="${ascii}"; filename*=UTF-8''${coded}`
}

const TYPES: Readonly<Record<string, string>> = {
  pdf: 'application/pdf',
  txt: 'text/plain; charset=utf-8',
  zip: 'application/zip',
  json: 'application/json',
  xml: 'application/xml',
}

/** What a file is, by the ending of its name. */
export const contentType = (name: string): string =>
  TYPES[name.slice(name.lastIndexOf('.') + 1).toLowerCase()] ?? 'application/octet-stream'

/** Names for one folder: where two are alike, to a file system that does not tell cases apart, the later ones are numbered. */
export function uniqueNames(names: readonly string[]): string[] {
  const taken = new Set<string>()
  return names.map((name) => {
    const dot = name.lastIndexOf('.')
    const [stem, ending] = dot > 0 ? [name.slice(0, dot), name.slice(dot)] : [name, '']
    let found = name
    for (let number = 2; taken.has(found.toLowerCase()); number++) found = `${stem} (${number})${ending}`
    taken.add(found.toLowerCase())
    return found
  })
}
