import type { Parts } from '../../basics/Parts.js';

/** The parts of a message from index `start` on, in a new array. */
export function partsFrom(parts: Parts, start: number): Parts {
  switch (parts.length - start) {
    case 1:
      return [parts[start]!];
    case 2:
      return [parts[start]!, parts[start + 1]!];
    case 3:
      return [parts[start]!, parts[start + 1]!, parts[start + 2]!];
    default:
      return parts.slice(start);
  }
}
