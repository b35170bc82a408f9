import type { Pipe } from './Pipe.js';

/** The listener of the pipes of a socket: its pattern. */
export interface PipeListener {
  /** A handshake is done: the first one, or one after a reconnect. */
  connected(pipe: Pipe): void;
  /** The pipe has a message after it had none. */
  readable(pipe: Pipe): void;
  /** The pipe accepts messages (again): its `writable` went from `false` to `true`. */
  writable(pipe: Pipe): void;
  /** The peer subscribed (`on`) or cancelled, by a command. */
  subscription(pipe: Pipe, topic: Uint8Array, on: boolean): void;
  /** The peer joined (`on`) or left a group. */
  membership(pipe: Pipe, group: Uint8Array, on: boolean): void;
}
