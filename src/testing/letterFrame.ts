import { frame } from '../frame/frame.js';
import type { Frame } from '../frame/types.js';
import { nameFields } from './compare/namedFields.js';

/** The frame that a letter stands for where no values are given: one sample that tells it from all others. */
export function letterFrame(letter: string): Frame<'cf32'> {
  return nameFields(frame(new Float32Array([letter.codePointAt(0) ?? 0, 0]), { timestampNs: 0n }), ['samples']);
}
