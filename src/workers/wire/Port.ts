/** One end of the channel between two threads. */
export interface Port {
  postMessage(message: unknown, moved?: readonly ArrayBuffer[]): void;
}
