import type { Parts } from '../../basics/Parts.js';
import type { Borrow } from '../../driver/FrameCursor.js';
import type { PeerInfo } from '../zmtp/PeerInfo.js';

/**
 * One peer, as a pattern sees it: whole messages that came from it, and room for whole messages to it. On a connecting
 * side it is there at once and outlives its connections, on a binding side it comes and goes with the connection.
 */
export interface Pipe {
  /** No other pipe of this process has it: `Frame.peer`. */
  readonly id: number;
  /** It belongs to a connect endpoint. */
  readonly connects: boolean;
  /** What the peer said of itself in its last handshake; `undefined` before the first. */
  readonly peer: PeerInfo | undefined;
  /** Whether its handshake is done and its connection is up. */
  readonly connected: boolean;
  /** The routing id that `connect` was given for it. */
  readonly assignedId: Uint8Array | undefined;
  /** Whether `write` may be called: there is room, the pipe has not ended and, where the socket waits for peers, one is there. */
  readonly writable: boolean;
  /** How it shares a message with other pipes; `undefined`: it does not. All pipes of a kind have the same. */
  readonly sharing?: Sharing;
  /** A message for it was not queued, for want of room. */
  missed?(): void;
  /** Queues a message, which is copied unless it is `owned`. Only while {@link writable}. */
  write(parts: Parts, owned: boolean): void;
  /** Whether `read` would give a message. */
  readonly readable: boolean;
  /** The next message. The parts of one that is `borrow`ed and are shorter than 4 KiB stand until the next read of any pipe; else they are the caller's. */
  read(borrow: Borrow): Parts | undefined;
  /** Drops all messages that have arrived. */
  discard(): void;
  /** Tells the peer of a subscription (`on`) or its end. Outside the marks; nothing happens while it is not connected. */
  subscribe(topic: Uint8Array, on: boolean): void;
  /** Tells the peer of a group that was joined (`on`) or left. As {@link subscribe}. */
  join(group: Uint8Array, on: boolean): void;
  /** Takes a message back that was written `owned` and not handed over yet; `false`: too late, or not its own. */
  withdraw(parts: Parts): boolean;
  /**
   * The peer broke the protocol: its connection ends, what it has sent besides is not read any more, and a status says why. A connect
   * endpoint tries again at its slowest.
   */
  refuse(reason: string): void;
  /** Ends the pipe for good: what is still to be sent goes out first. The pattern hears of it by `detach`. */
  end(): void;
}

/** One message that goes to many pipes of a kind in memory which they share. */
export interface SharedMessage {
  /** Queues it at a pipe that has room. */
  to(pipe: Pipe): void;
}

/** How pipes of one kind share a message. */
export interface Sharing {
  message(parts: Parts, owned: boolean): SharedMessage;
}

let lastId = 0;

/** A number no other pipe of this process has. */
export function nextPipeId(): number {
  return (lastId += 1);
}
