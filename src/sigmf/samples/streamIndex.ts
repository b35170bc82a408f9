import type { Frame } from '../../frame/types.js';

/** By the object, not as a field: a copy with other samples must not take it along. */
const indexes = new WeakMap<Frame, number>();

/** Says which sample of the stream that was recorded a frame begins with. */
export function setStreamIndex(frame: Frame, index: number): void {
  indexes.set(frame, index);
}

/** Which sample of its stream a frame begins with; `undefined`: it is not as it was read. */
export function streamIndexOf(frame: Frame): number | undefined {
  return indexes.get(frame);
}
