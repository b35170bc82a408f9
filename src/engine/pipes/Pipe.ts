import type { Parts } from '../../basics/Parts.js';
import type { Borrow } from '../../driver/FrameCursor.js';
import type { PeerInfo } from '../zmtp/PeerInfo.js';

/**
 * One peer, as a pattern sees it: a queue of whole messages from it, and a queue of whole messages to it. A connecting endpoint has
 * its pipe from the start, and the pipe outlives its connections. A bound endpoint has a pipe for each connection.
 */
export interface Pipe {
  /** Unique in this process: `Frame.peer`. */
  readonly id: number;
  /** It belongs to a connecting endpoint. */
  readonly connects: boolean;
  /** The metadata of the peer from its last handshake; `undefined` before the first. */
  readonly peer: PeerInfo | undefined;
  /** Whether there is a connection that has completed its handshake. */
  readonly connected: boolean;
  /** The routing id that was passed to `connect` for this peer. */
  readonly assignedId: Uint8Array | undefined;
  /** Whether `write` may be called: the queue is not full, the pipe has not ended and, if the socket requires a peer, one is connected. */
  readonly writable: boolean;
  /** How it shares a message with other pipes; `undefined`: it does not. All pipes of a kind have the same value. */
  readonly sharing?: Sharing;
  /** Limits for the subscriptions of this peer, beside those of the socket. */
  readonly subscriptionLimits?: SubscriptionLimits;
  /** A message for it was not queued, as the queue was full. */
  missed?(): void;
  /** Queues a message, which is copied unless it is `owned`. Only while {@link writable}. */
  write(parts: Parts, owned: boolean): void;
  /** Whether `read` would return a message. */
  readonly readable: boolean;
  /** Returns the next message. With `borrow`, parts below 4 KiB are valid until the next read of any pipe; others belong to the caller. */
  read(borrow: Borrow): Parts | undefined;
  /** Drops all messages that have arrived. */
  discard(): void;
  /** Sends the peer a subscription (`on`) or its end. The marks do not apply; while not connected it does nothing. */
  subscribe(topic: Uint8Array, on: boolean): void;
  /** Sends the peer the JOIN (`on`) or LEAVE of a group. As {@link subscribe}. */
  join(group: Uint8Array, on: boolean): void;
  /** Withdraws a message that was written `owned` and not handed over yet; `false`: too late, or not a message of this pipe. */
  withdraw(parts: Parts): boolean;
  /**
   * The peer broke the protocol: ends its connection, drops everything else that it has sent, and emits a status with the reason. A
   * connecting endpoint then reconnects with its longest wait.
   */
  refuse(reason: string): void;
  /** Ends the pipe for good, after its queued messages are sent. Then `detach` of the pattern is called. */
  end(): void;
}

/** How many topics a peer may ask for, and how long each may be, in bytes. */
export interface SubscriptionLimits {
  readonly maxSubscriptions: number;
  readonly maxTopicBytes: number;
}

/** One message for many pipes of a kind, in memory that they share. */
export interface SharedMessage {
  /** Queues it at a pipe that is writable. */
  to(pipe: Pipe): void;
}

/** How pipes of one kind share a message. */
export interface Sharing {
  message(parts: Parts, owned: boolean): SharedMessage;
}

let lastId = 0;

/** A number that is unique among the pipes of this process. */
export function nextPipeId(): number {
  return (lastId += 1);
}
