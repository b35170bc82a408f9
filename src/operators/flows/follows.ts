import type { Frame } from '../../frame/types.js';

/** Whether a frame has the next sequence number. Frames that users create all have number 0, and are accepted as they come. */
export function follows(frame: Frame, next: number): boolean {
  return frame.sequence === next || (frame.sequence === 0 && next === 1 && frame.peer === undefined);
}
