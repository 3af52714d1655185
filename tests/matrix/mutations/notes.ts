/** Where a copy of the sources keeps which checks its tests come to, a line for each file of them. */
export const NOTES = 'probes.jsonl'
