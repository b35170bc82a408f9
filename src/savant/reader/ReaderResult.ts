import type { Message } from '../schema/types.js';

/** A message that passed all checks. The end of a stream is also such a message, without data, from any topic and sender. */
export interface ReaderMessage {
  readonly kind: 'message';
  readonly message: Message;
  readonly topic: Uint8Array;
  /** ROUTER: the routing id of the sender. */
  readonly routingId: Uint8Array | undefined;
  /** The parts after the message; savant_rs puts the content of a frame there if it is not in the message. */
  readonly data: readonly Uint8Array[];
}
/** No message arrived for `receiveTimeoutMs`. */
export interface ReaderTimeout {
  readonly kind: 'timeout';
}
/** The reader does not accept its topic. */
export interface ReaderPrefixMismatch {
  readonly kind: 'prefixMismatch';
  readonly topic: Uint8Array;
  readonly routingId: Uint8Array | undefined;
}
/** ROUTER: another sender has taken over its topic. */
export interface ReaderRoutingIdMismatch {
  readonly kind: 'routingIdMismatch';
  readonly topic: Uint8Array;
  readonly routingId: Uint8Array;
}
/** It does not have as many parts as a message must have. */
export interface ReaderTooShort {
  readonly kind: 'tooShort';
  /** As they came. */
  readonly parts: readonly Uint8Array[];
}
/** Its topic is blacklisted; the message was not decoded. */
export interface ReaderBlacklisted {
  readonly kind: 'blacklisted';
  readonly topic: Uint8Array;
}
/** Its sender is a release of savant_rs that the reader does not accept; the topic is blacklisted from now on. */
export interface ReaderVersionMismatch {
  readonly kind: 'versionMismatch';
  readonly topic: Uint8Array;
  readonly routingId: Uint8Array | undefined;
  readonly senderVersion: string;
  /** The versions that the reader accepts. */
  readonly expectedVersions: readonly string[];
  /** The same as text, with the option to change. */
  readonly reason: string;
}

/** The result of a message that a reader received; `kind` says which. */
export type ReaderResult =
  | ReaderMessage
  | ReaderTimeout
  | ReaderPrefixMismatch
  | ReaderRoutingIdMismatch
  | ReaderTooShort
  | ReaderBlacklisted
  | ReaderVersionMismatch;
