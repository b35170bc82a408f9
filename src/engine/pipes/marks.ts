/** The high-water marks of a queue. A full queue accepts messages again only when it is half empty, not after each one. */
export interface Marks {
  /** Messages; `Infinity`: no mark. */
  readonly messages: number;
  readonly bytes: number;
}

/** Whether the queue accepts nothing more. */
export function isFull(messages: number, bytes: number, marks: Marks): boolean {
  return messages >= marks.messages || bytes >= marks.bytes;
}

/** Whether a full queue accepts messages again: at libzmq's low-water mark, when half of the mark has been removed. */
export function hasRoomAgain(messages: number, bytes: number, marks: Marks): boolean {
  if (bytes > marks.bytes / 2) return false;
  return marks.messages === Infinity || messages <= marks.messages - Math.floor((marks.messages + 1) / 2);
}
