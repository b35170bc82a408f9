import type { Frame } from '../../frame/types.js';

/** A sequence of numbers in any kind of array. */
export type Numbers = ArrayLike<number>;

export function isFrame(value: unknown): value is Frame {
  const { samples, sampleType } = (value ?? {}) as Partial<Frame>;
  return typeof value === 'object' && typeof sampleType === 'string' && ArrayBuffer.isView(samples);
}

export function isArrayOfNumbers(value: unknown): value is Numbers {
  if (ArrayBuffer.isView(value)) return !(value instanceof DataView) && typeof (value as Uint8Array)[0] !== 'bigint';
  return Array.isArray(value) && value.length > 0 && value.every((element) => typeof element === 'number');
}

/** A frame, or some of its fields. */
export function isPartOfFrame(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !ArrayBuffer.isView(value);
}
