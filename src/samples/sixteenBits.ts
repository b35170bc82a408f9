import { FrameError } from './FrameError.js';
import { describe } from '../basics/describe.js';
import { requireLittleEndian } from './littleEndian.js';

/**
 * The 16-bit values of an array, or of little-endian bytes, which are copied if they are not aligned.
 *
 * @throws FrameError `'value'` for another class, `'length'` for half a value
 */
export function sixteenBits(
  of: string,
  values: Uint8Array | Uint16Array | Int16Array,
  arrayName: 'Uint16Array' | 'Int16Array',
): { buffer: ArrayBufferLike; byteOffset: number; length: number } {
  const tag = ArrayBuffer.isView(values) ? values[Symbol.toStringTag] : undefined;
  if (tag === arrayName) return values;
  if (tag !== 'Uint8Array') {
    const article = arrayName === 'Int16Array' ? 'an' : 'a';
    throw new FrameError(
      'value',
      `${of}: values must be ${article} ${arrayName} or a Uint8Array, not ${describe(values)}`,
    );
  }
  requireLittleEndian();
  const { byteLength, byteOffset, buffer } = values;
  if (byteLength % 2 !== 0) {
    throw new FrameError('length', `${of}: ${byteLength} bytes are not whole values: each takes 2, a complex sample 4`);
  }
  return byteOffset % 2 === 0
    ? { buffer, byteOffset, length: byteLength / 2 }
    : { buffer: new Uint8Array(values).buffer, byteOffset: 0, length: byteLength / 2 };
}
