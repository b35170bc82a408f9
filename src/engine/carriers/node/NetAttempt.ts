import { connect, type NetConnectOpts, Socket } from 'node:net';
import { nextTask } from '../../../time/nextTask.js';
import type { CarrierOptions, ConnectListener } from '../Carrier.js';
import { InPlaceReads } from './InPlaceReads.js';
import { later } from './later.js';
import { NetStream } from './NetStream.js';
import { CarrierError, reasonOf } from '../reasons.js';

/** An attempt to connect, to one address after the other until one accepts. */
export class NetAttempt {
  readonly #listener: ConnectListener;
  readonly #opened: ((socket: Socket) => void) | undefined;
  /** It has succeeded or failed, or was cancelled. */
  #over = false;
  #targets: readonly NetConnectOpts[] = [];
  #tried = 0;
  #socket: Socket | undefined;
  /** Why the first address failed. */
  #error: Error | undefined;
  /** A socket that is never connected: its time-out covers all addresses together, and the name lookup. */
  #deadline: Socket | undefined;

  /** @param opened sets options of a connected socket */
  constructor(options: CarrierOptions, listener: ConnectListener, opened?: (socket: Socket) => void) {
    this.#listener = listener;
    this.#opened = opened;
    const { connectTimeoutMs = 0 } = options;
    if (connectTimeoutMs === 0) return;
    const late = (): void => this.fail(new CarrierError('ETIMEDOUT', `no answer within ${connectTimeoutMs} ms`));
    // if the event loop was blocked, it first reads an answer that has arrived
    this.#deadline = new Socket().setTimeout(connectTimeoutMs, () => nextTask(late));
  }

  /** Tries these targets, at least one. */
  start(targets: readonly NetConnectOpts[]): void {
    this.#targets = targets;
    if (!this.#over) this.#next();
  }

  /** The attempt has failed. Do not call it during the call that started the attempt. */
  fail(error: Error): void {
    if (this.#over) return;
    this.cancel();
    this.#listener.failed(reasonOf(error), error);
  }

  readonly cancel = (): void => {
    if (this.#over) return;
    this.#finish();
    this.#socket?.destroy();
  };

  #next(): void {
    const reads = new InPlaceReads();
    const target = this.#targets[this.#tried]!;
    this.#tried += 1;
    let socket: Socket;
    try {
      socket = connect({ ...target, allowHalfOpen: true, onread: reads });
    } catch (error) {
      later(() => this.#refused(error as Error)); // Node throws some errors itself, before any system call
      return;
    }
    this.#socket = socket;
    socket.once('connect', () => this.#connected(socket, reads));
    socket.on('error', (error) => this.#refused(error));
  }

  #connected(socket: Socket, reads: InPlaceReads): void {
    if (this.#over) return;
    if (isOwnPeer(socket)) {
      socket.destroy();
      return this.#refused(new CarrierError('ECONNREFUSED', 'nobody listens there: the socket met itself'));
    }
    this.#finish();
    this.#opened?.(socket);
    const stream = new NetStream(socket, reads);
    stream.hear(this.#listener.opened(stream));
  }

  #refused(error: Error): void {
    if (this.#over) return;
    this.#error ??= error;
    if (this.#tried < this.#targets.length) this.#next();
    else this.fail(this.#error);
  }

  #finish(): void {
    this.#over = true;
    this.#deadline?.destroy();
  }
}

/** Whether a socket has connected to itself. TCP allows it if the local port happens to be the target port. */
function isOwnPeer({ localAddress, localPort, remoteAddress, remotePort }: Socket): boolean {
  return localPort !== undefined && localPort === remotePort && localAddress === remoteAddress;
}
