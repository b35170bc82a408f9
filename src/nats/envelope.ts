import type { Parts } from '../basics/Parts.js';

/** Splits the parts of a request or reply after the empty part that ends its envelope. */
export function splitParts(parts: Parts): { readonly envelope: Parts; readonly body: Parts } {
  const end = parts.findIndex(({ length }) => length === 0) + 1;
  return { envelope: parts.slice(0, end), body: parts.slice(end) };
}
