import type { Channel, ChannelListener } from '../engine/web/Channel.js';
import { closeCodes } from '../engine/web/closeCodes.js';
import type { StandardWebSocket } from './StandardWebSocket.js';

/** What a page may close with besides 1000. */
const FIRST_OWN_CODE = 3000;
/** Closed without a code, which is as good as 1000. */
const NO_CODE = 1005;
const OPEN = 1;

/** A WebSocket that is open, of the kind that browsers have. */
export class StandardChannel implements Channel {
  readonly copiesAtOnce = true;
  readonly #socket: StandardWebSocket;

  constructor(socket: StandardWebSocket) {
    this.#socket = socket;
  }

  /** Once either side has begun to close, nothing can be sent any more: what is given to it then is lost. */
  get bufferedBytes(): number {
    return this.#socket.readyState === OPEN ? this.#socket.bufferedAmount : Infinity;
  }

  /** It is opened in the call that hears of the upgrade, so that nothing has come before. */
  open(listener: ChannelListener): void {
    const socket = this.#socket;
    socket.onmessage = ({ data }) =>
      listener.message(typeof data === 'string' ? data : new Uint8Array(data as ArrayBuffer));
    socket.onclose = ({ code, reason }) => listener.closed(code === NO_CODE ? closeCodes.done : code, reason);
  }

  send(data: string | Uint8Array): void {
    this.#socket.send(data); // does nothing once it is closing
  }

  close(code: number, reason: string): void {
    this.#socket.close(code < FIRST_OWN_CODE ? closeCodes.done : code, reason);
  }

  destroy(): void {
    if (this.#socket.terminate) this.#socket.terminate();
    else this.#socket.close();
  }
}
