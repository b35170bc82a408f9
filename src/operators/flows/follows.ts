import type { Frame } from '../../frame/types.js';

/** Whether a frame has the sequence number that is next. Frames made by hand all say 0: they are taken as they come. */
export function follows(frame: Frame, next: number): boolean {
  return frame.sequence === next || (frame.sequence === 0 && next === 1 && frame.peer === undefined);
}
