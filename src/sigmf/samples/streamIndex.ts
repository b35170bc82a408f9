import type { Frame } from '../../frame/types.js';

/** By the object, not as a field: a copy with other samples must not have the index. */
const indexes = new WeakMap<Frame, number>();

/** Sets the index of the first sample of a frame in the recorded stream. */
export function setStreamIndex(frame: Frame, index: number): void {
  indexes.set(frame, index);
}

/** The index of the first sample of a frame in its stream; `undefined`: it was not read from a recording, or is a copy. */
export function streamIndexOf(frame: Frame): number | undefined {
  return indexes.get(frame);
}
