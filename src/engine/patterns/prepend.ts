import type { Parts } from '../../basics/Parts.js';

/** A message with `first` before its parts, in a new array. */
export function prepend(first: Uint8Array, parts: Parts): Parts {
  switch (parts.length) {
    case 1:
      return [first, parts[0]!];
    case 2:
      return [first, parts[0]!, parts[1]!];
    case 3:
      return [first, parts[0]!, parts[1]!, parts[2]!];
    default:
      return [first, ...parts];
  }
}
