/** A message that was delivered, until it is settled. */
export interface Held {
  readonly data: Uint8Array;
  readonly subject: string;
  /** Tells it from all others of its queue, however often it is delivered. */
  readonly key: string;
  /** Where its settling is said: that of its last delivery. */
  reply: string;
  /** How often it was delivered, this time included. */
  readonly deliveries: number;
  readonly cameAt: number;
  /** When the server last heard that it is worked on. */
  touchedAt: number;
}

/**
 * What the subject says on which a message is settled: how often it was delivered, and which one of the stream it is.
 * `$JS.ACK.stream.consumer.deliveries.number.…`, or with two more names in front.
 */
export function readReply(reply: string): { readonly deliveries: number; readonly key: string } {
  const tokens = reply.split('.');
  const at = tokens.length > 9 ? 6 : 4;
  return { deliveries: Number(tokens[at] ?? 1), key: `${tokens[at + 1]}.${tokens[at + 3]}` };
}
