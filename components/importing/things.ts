/** What the things are called that an import changes. */
export const things: Readonly<Record<string, string>> = {
  device: 'device',
  license: 'license',
  contract: 'contract',
  contract_line: 'contract line',
  lifecycle: 'lifecycle dates',
}
