import type { Parts } from '../../basics/Parts.js';
import type { FrameCursor } from '../../driver/FrameCursor.js';
import type { Pipe } from '../pipes/Pipe.js';
import type { PipeListener } from '../pipes/PipeListener.js';

/**
 * How a socket type uses its pipes: which one is next, and what happens at the high-water mark. Pure: it knows no bytes, timers or
 * connections, and every method returns at once. Every method, but not the constructor, may call the {@link PatternHost}.
 */
export interface Pattern extends PipeListener {
  /** The pipe of the last message that `receive` returned. */
  readonly from: Pipe | undefined;
  /** The pipe that gets the next message. Only types that send in turns. */
  readonly next?: Pipe | undefined;
  /**
   * A new pipe: when connecting, at once (before any handshake); when binding, after the handshake. `false`: it is not accepted and
   * will be closed.
   */
  attach(pipe: Pipe): boolean;
  /** A handshake is complete, the first or one after a reconnect. On a binding side it directly follows `attach`. */
  connected(pipe: Pipe): void;
  /** The connection is gone and the pipe waits for the next one. Messages that have arrived stay readable. */
  disconnected(pipe: Pipe): void;
  /** The pipe has ended and accepts no more messages. Those that have arrived stay readable until `read` returns `undefined`. */
  detach(pipe: Pipe): void;
  /**
   * Sends a message, as `Socket.write`. `false`: the queue is full or there is no peer, and the message was not accepted; `host.writable`
   * says when to try again. Parts are copied unless the message is `owned`.
   *
   * @throws SocketError if it can never be sent: no such peer, not its turn, wrong parts
   */
  send(parts: Parts, owned: boolean): boolean;
  /** Whether `send` would accept a message now, for any peer; `false` means the same as from `send`. */
  hasRoom(): boolean;
  /** Returns the next message; `undefined`: there is none yet, `host.readable` says when. `borrow` is as in `Pipe.read`. */
  receive(borrow: boolean): Parts | undefined;
  /** The same, with a cursor for messages of two parts. Only types that support it. */
  receiveAt?(cursor: FrameCursor): Parts | undefined;
  /** Withdraws an `owned` message that was not yet sent to a peer; `false`: too late. */
  withdraw(parts: Parts): boolean;
  /** sub, xsub; xpub with `manual`. The others throw UnsupportedError. */
  subscribe(topic: Uint8Array): void;
  unsubscribe(topic: Uint8Array): void;
  /** dish. */
  join(group: Uint8Array): void;
  leave(group: Uint8Array): void;
}

/** The socket that a pattern belongs to. */
export interface PatternHost {
  /** For the texts of errors. */
  readonly endpoint: string;
  /** `receive` may return a message. Called when one arrives after `receive` returned `undefined` (or before its first call). */
  readable(): void;
  /** `send` may accept a message again after it returned `false` (or before its first call). */
  writable(): void;
  /** Messages were lost: the queue of a peer was full, or the peer is gone. */
  dropped(count: number, reason: string): void;
  /** How many connections have a subscription (pub, xpub) or a group (radio) now. */
  subscribers(count: number): void;
  /** Calls back in a later turn of the event loop. */
  soon(callback: () => void): void;
}
