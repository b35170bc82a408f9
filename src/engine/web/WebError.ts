/** A peer broke the protocol `rxzmq.1` or a limit: its connection is closed with this code, and the text as the reason. */
export class WebError extends Error {
  constructor(
    readonly code: number,
    reason: string,
  ) {
    super(reason);
  }
}
