/** One part of a message that is sent; a string goes as UTF-8. */
export type Part = string | Uint8Array;

/** A message that is sent: its parts, or its only one. */
export type OutgoingParts = Part | readonly Part[];

/** A message of a server or peer socket. */
export interface RoutedMessage<Data extends Part = Uint8Array> {
  /** Which peer it came from or goes to: a number from 1, which stands while the peer is connected. */
  readonly routingId: number;
  readonly data: Data;
}

/** A message of a radio or dish socket. */
export interface GroupMessage<Data extends Part = Uint8Array> {
  /** At most 255 bytes in UTF-8; whoever has joined exactly this group gets it. */
  readonly group: string;
  readonly data: Data;
}

/** A message of a dgram socket. */
export interface Datagram<Data extends Part = Uint8Array> {
  /** Whom it came from or goes to: `'127.0.0.1:5555'`. */
  readonly address: string;
  readonly data: Data;
}
