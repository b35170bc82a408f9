import type { Parts } from '../../basics/Parts.js';

/**
 * Splits a request or reply at the empty part that ends its envelope; `undefined` if there is none.
 *
 * @returns the envelope with that part, and the body
 */
export function splitEnvelope(parts: Parts, from: number): { envelope: Parts; body: Parts } | undefined {
  for (let i = from; i < parts.length; i += 1) {
    if (parts[i]?.length === 0) return { envelope: parts.slice(0, i + 1), body: parts.slice(i + 1) };
  }
  return undefined;
}
