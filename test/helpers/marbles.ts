import { expect } from 'vitest';
import { virtualTime, type VirtualHelpers } from '../../src/testing/index.js';

/** A test in virtual time, with values compared as vitest does. */
export function marbles(test: (helpers: VirtualHelpers) => void): () => void {
  return () => virtualTime(test, { deepEqual: (actual, expected) => expect(actual).toEqual(expected) });
}
