import type { Channel, ChannelListener } from '../engine/web/Channel.js';
import { closeCodes } from '../engine/web/closeCodes.js';
import type { StandardWebSocket } from './StandardWebSocket.js';

/** The first close code that a page may use, apart from 1000. */
const FIRST_OWN_CODE = 3000;
/** Closed without a code, which means the same as 1000. */
const NO_CODE = 1005;
const OPEN = 1;

/** An open WebSocket with the API of browsers. */
export class StandardChannel implements Channel {
  readonly copiesAtOnce = true;
  readonly #socket: StandardWebSocket;

  constructor(socket: StandardWebSocket) {
    this.#socket = socket;
  }

  /** Once either side has begun to close, nothing can be sent any more: data written after that is lost. */
  get bufferedBytes(): number {
    return this.#socket.readyState === OPEN ? this.#socket.bufferedAmount : Infinity;
  }

  /** Call it in the `onopen` handler: before that, no data can have arrived. */
  open(listener: ChannelListener): void {
    const socket = this.#socket;
    socket.onmessage = ({ data }) =>
      listener.message(typeof data === 'string' ? data : new Uint8Array(data as ArrayBuffer));
    socket.onclose = ({ code, reason }) => listener.closed(code === NO_CODE ? closeCodes.done : code, reason);
  }

  send(data: string | Uint8Array): void {
    this.#socket.send(data); // has no effect once it is closing
  }

  close(code: number, reason: string): void {
    this.#socket.close(code < FIRST_OWN_CODE ? closeCodes.done : code, reason);
  }

  destroy(): void {
    if (this.#socket.terminate) this.#socket.terminate();
    else this.#socket.close();
  }
}
