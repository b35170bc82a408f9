/** One end of what two threads post to each other. */
export interface Port {
  postMessage(message: unknown, moved?: readonly ArrayBuffer[]): void;
}
