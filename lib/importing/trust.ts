/**
 * Whom to believe, from the most to the least trusted; those in one line are trusted alike. A source may change what it
 * said itself and what a less trusted one said. Otherwise both sayings go to the reconciliation inbox.
 */
export const TRUST = [
  // What devices and the vendor's own records of lifecycles say.
  ['Collector', 'EoX'],
  // The systems that keep contracts and licenses.
  ['CCW-R contract lines', 'Smart Licensing inventory'],
  ['Contract feed', 'License feed', 'Serial number coverage'],
  ['License Central export', 'Bulletin', 'Lifecycle file'],
  ['Install base'],
  ['CCW order serials', 'Sales order', 'Order feed'],
] as const

export type Source = (typeof TRUST)[number][number]

/** The first words of a source, such as `Bulletin` of `Bulletin EOL14896`, and how far it is trusted. */
export const ranks: readonly (readonly [Source, number])[] = TRUST.flatMap((alike, index) =>
  alike.map((source) => [source, TRUST.length - index] as const),
)
