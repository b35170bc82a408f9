/** When a queue is full, and when it takes messages again: in steps, not one by one. */
export interface Marks {
  /** Messages; `Infinity`: no mark. */
  readonly messages: number;
  readonly bytes: number;
}

/** Whether nothing more is taken. */
export function isFull(messages: number, bytes: number, marks: Marks): boolean {
  return messages >= marks.messages || bytes >= marks.bytes;
}

/** Whether a full queue takes messages again: libzmq's low-water mark, half of the mark having been taken out. */
export function hasRoomAgain(messages: number, bytes: number, marks: Marks): boolean {
  if (bytes > marks.bytes / 2) return false;
  return marks.messages === Infinity || messages <= marks.messages - Math.floor((marks.messages + 1) / 2);
}
