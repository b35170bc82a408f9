import type { Parts } from '../../basics/Parts.js';
import type { FrameCursor } from '../../driver/FrameCursor.js';
import type { Pipe } from '../pipes/Pipe.js';
import type { PipeListener } from '../pipes/PipeListener.js';

/**
 * What a socket type does with its pipes: which one next, what happens at the mark. Pure: it knows no bytes, timers or
 * connections, and every method returns at once. Calls of the {@link PatternHost} may come from within any of them but
 * the constructor.
 */
export interface Pattern extends PipeListener {
  /** The pipe that the last message given by `receive` came from. */
  readonly from: Pipe | undefined;
  /** The pipe that the next message sent goes to, in the types that send in turns. */
  readonly next?: Pipe | undefined;
  /** A pipe is there: connecting, at once (before any handshake) ; binding, after the handshake. `false`: there is no place for it, it will be closed. */
  attach(pipe: Pipe): boolean;
  /** A handshake is done, the first or one after a reconnect. On a binding side follows `attach` directly. */
  connected(pipe: Pipe): void;
  /** The connection is gone and the pipe waits for the next one. What it received before stays readable. */
  disconnected(pipe: Pipe): void;
  /** The pipe has ended: it takes nothing any more; what it received before stays readable until `read` gives `undefined`. */
  detach(pipe: Pipe): void;
  /**
   * Sends a message, as `Socket.write`: `false`: no room or no peer, nothing was taken; `host.writable` says when to try again.
   * A part is copied unless the message is `owned`.
   *
   * @throws SocketError where it can never be sent: no such peer, not its turn, wrong parts
   */
  send(parts: Parts, owned: boolean): boolean;
  /** Whether it would take a message now, wherever it is for; `false` is as that of `send`. */
  hasRoom(): boolean;
  /** The next message, `undefined`: none yet, `host.readable` says when. `borrow` as `Pipe.read` has it. */
  receive(borrow: boolean): Parts | undefined;
  /** The same, on a cursor where the message has two parts, in the types that have this. */
  receiveAt?(cursor: FrameCursor): Parts | undefined;
  /** Takes back an `owned` message that no peer has got; `false`: too late. */
  withdraw(parts: Parts): boolean;
  /** sub, xsub; xpub with `manual`. The others throw UnsupportedError. */
  subscribe(topic: Uint8Array): void;
  unsubscribe(topic: Uint8Array): void;
  /** dish. */
  join(group: Uint8Array): void;
  leave(group: Uint8Array): void;
}

/** The socket that a pattern works for. */
export interface PatternHost {
  /** For the texts of errors. */
  readonly endpoint: string;
  /** `receive` may give a message. Said when one arrives after `receive` gave `undefined` (or before it was ever called). */
  readable(): void;
  /** `send` may take a message after it gave `false` (or before it was ever called). */
  writable(): void;
  /** Messages were lost: a peer had no room, or is gone. */
  dropped(count: number, reason: string): void;
  /** How many connections have a subscription (pub, xpub) or a group (radio) now. */
  subscribers(count: number): void;
  /** Calls back in a later turn of the event loop. */
  soon(callback: () => void): void;
}
