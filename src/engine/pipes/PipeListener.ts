import type { Pipe } from './Pipe.js';

/** Who hears from the pipes of a socket: its pattern. */
export interface PipeListener {
  /** A handshake is done, the first or one after a reconnect. */
  connected(pipe: Pipe): void;
  /** It has a message after having had none. */
  readable(pipe: Pipe): void;
  /** It takes messages (again): its `writable` went from `false` to `true`. */
  writable(pipe: Pipe): void;
  /** Its peer subscribed (`on`) or cancelled, by a command. */
  subscription(pipe: Pipe, topic: Uint8Array, on: boolean): void;
  /** Its peer joined (`on`) or left a group. */
  membership(pipe: Pipe, group: Uint8Array, on: boolean): void;
}
