/** One part of a message to send; a string is sent as UTF-8. */
export type Part = string | Uint8Array;

/** A message to send: its parts, or its only part. */
export type OutgoingParts = Part | readonly Part[];

/** A message of a server or peer socket. */
export interface RoutedMessage<Data extends Part = Uint8Array> {
  /** The peer that it came from or is sent to: a number from 1, valid while the peer is connected. */
  readonly routingId: number;
  readonly data: Data;
}

/** A message of a radio or dish socket. */
export interface GroupMessage<Data extends Part = Uint8Array> {
  /** At most 255 bytes in UTF-8; peers that have joined exactly this group get the message. */
  readonly group: string;
  readonly data: Data;
}

/** A message of a dgram socket. */
export interface Datagram<Data extends Part = Uint8Array> {
  /** The address that it came from or is sent to: `'127.0.0.1:5555'`. */
  readonly address: string;
  readonly data: Data;
}
