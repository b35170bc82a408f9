import type { WebSocket } from 'ws';
import type { Channel, ChannelListener } from '../engine/web/Channel.js';
import { closeCodes } from '../engine/web/closeCodes.js';

/** If fewer bytes than this are unsent, more may be written. */
const LITTLE_BYTES = 64 * 1024;
const NO_STATUS = 1005;

/** A WebSocket of the package `ws`. */
export class NodeChannel implements Channel {
  readonly copiesAtOnce = false;
  readonly #socket: WebSocket;
  #listener: ChannelListener | undefined;
  /** The error in the data of the peer. */
  #fault: Error | undefined;
  /** Code and reason of the close from this side. */
  #closedWith: { readonly code: number; readonly reason: string } | undefined;

  constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.pause(); // data waits for the listener
    socket.on('error', (error) => (this.#fault = error));
    // For a peer that sends pings without reading, any number of answers would be queued.
    socket.on('ping', (data: Buffer) => {
      if (socket.bufferedAmount < LITTLE_BYTES && socket.readyState === socket.OPEN) socket.pong(data);
    });
  }

  /** Once either side has begun to close, nothing can be sent any more. */
  get bufferedBytes(): number {
    return this.#socket.readyState === this.#socket.OPEN ? this.#socket.bufferedAmount : Infinity;
  }

  open(listener: ChannelListener): void {
    const socket = this.#socket;
    this.#listener = listener;
    socket.on('message', (data: Buffer, isBinary: boolean) => {
      listener.message(isBinary ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength) : data.toString());
    });
    socket.on('close', (code: number, reason: Buffer) => {
      const told = code === NO_STATUS ? closeCodes.done : code;
      // the peer did not answer, or answered with the code alone
      const isOwn = told === closeCodes.broken || (told === this.#closedWith?.code && reason.length === 0);
      const own = isOwn ? this.#closedWith : undefined;
      listener.closed(own?.code ?? told, this.#fault?.message ?? own?.reason ?? reason.toString());
    });
    socket.resume();
  }

  send(data: string | Uint8Array): void {
    if (this.#socket.readyState === this.#socket.OPEN) this.#socket.send(data, this.#sent);
  }

  close(code: number, reason: string): void {
    this.#closedWith ??= { code, reason };
    this.#socket.close(code, reason);
  }

  destroy(): void {
    this.#socket.terminate();
  }

  readonly #sent = (): void => {
    if (this.#socket.bufferedAmount < LITTLE_BYTES) this.#listener?.drained();
  };
}
