import type { Message } from '../schema/types.js';

/** A message that passed all checks. The end of a stream is one, with no data, whatever its topic and sender. */
export interface ReaderMessage {
  readonly kind: 'message';
  readonly message: Message;
  readonly topic: Uint8Array;
  /** ROUTER: who sent it. */
  readonly routingId: Uint8Array | undefined;
  /** The parts behind the message, where savant_rs puts the content of a frame that is not in the message. */
  readonly data: readonly Uint8Array[];
}
/** Nothing came for `receiveTimeoutMs`. */
export interface ReaderTimeout {
  readonly kind: 'timeout';
}
/** Its topic is none of those that are let through. */
export interface ReaderPrefixMismatch {
  readonly kind: 'prefixMismatch';
  readonly topic: Uint8Array;
  readonly routingId: Uint8Array | undefined;
}
/** ROUTER: another sender has taken its topic over. */
export interface ReaderRoutingIdMismatch {
  readonly kind: 'routingIdMismatch';
  readonly topic: Uint8Array;
  readonly routingId: Uint8Array;
}
/** It has not as many parts as a message must have. */
export interface ReaderTooShort {
  readonly kind: 'tooShort';
  /** As they came. */
  readonly parts: readonly Uint8Array[];
}
/** Its topic is blacklisted; it was not looked at. */
export interface ReaderBlacklisted {
  readonly kind: 'blacklisted';
  readonly topic: Uint8Array;
}
/** Its sender is another release of savant_rs; the topic is blacklisted from now on. */
export interface ReaderVersionMismatch {
  readonly kind: 'versionMismatch';
  readonly topic: Uint8Array;
  readonly routingId: Uint8Array | undefined;
  readonly senderVersion: string;
  readonly expectedVersion: string;
}

/** What became of a message that a reader got, told apart by `kind`. */
export type ReaderResult =
  | ReaderMessage
  | ReaderTimeout
  | ReaderPrefixMismatch
  | ReaderRoutingIdMismatch
  | ReaderTooShort
  | ReaderBlacklisted
  | ReaderVersionMismatch;
