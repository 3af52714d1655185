declare const packs: unique symbol

/** Plain data as one text, which is JSON. */
export type Packed<T> = string & { readonly [packs]: T }

/**
 * Packs data that goes from the server to a component of the browser. React writes and reads each value of a prop by a
 * function, on the server twice for a page; a text it takes as it is.
 */
export const pack = <T>(data: T): Packed<T> => JSON.stringify(data) as Packed<T>

export const unpack = <T>(packed: Packed<T>): T => JSON.parse(packed)
