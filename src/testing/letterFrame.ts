import { frame } from '../frame/frame.js';
import type { Frame } from '../frame/types.js';
import { nameFields } from './compare/namedFields.js';

/** The frame of a letter without a value: one sample, different for each letter. */
export function letterFrame(letter: string): Frame<'cf32'> {
  return nameFields(frame(new Float32Array([letter.codePointAt(0) ?? 0, 0]), { timestampNs: 0n }), ['samples']);
}
