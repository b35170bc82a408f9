/** A delivered message that is not settled yet. */
export interface Held {
  readonly data: Uint8Array;
  readonly subject: string;
  /** Identifies the message within its queue; the same for each delivery. */
  readonly key: string;
  /** The subject to settle it on: that of its last delivery. */
  reply: string;
  /** How often it was delivered, including this time. */
  readonly deliveries: number;
  readonly cameAt: number;
  /** When the socket last sent the server that the message is in progress. */
  touchedAt: number;
}

/**
 * Reads the subject on which a message is settled: how often it was delivered, and its number in the stream.
 * `$JS.ACK.stream.consumer.deliveries.number.…`, or with two more names before the stream.
 */
export function readReply(reply: string): { readonly deliveries: number; readonly key: string } {
  const tokens = reply.split('.');
  const at = tokens.length > 9 ? 6 : 4;
  return { deliveries: Number(tokens[at] ?? 1), key: `${tokens[at + 1]}.${tokens[at + 3]}` };
}
