import { createServer, type ListenOptions, type Server, type Socket } from 'node:net';
import type { CarrierOptions, ListenListener } from '../Carrier.js';
import { InPlaceReads } from './InPlaceReads.js';
import { later } from './later.js';
import { NetStream } from './NetStream.js';
import { readInPlace } from './readInPlace.js';
import { reasonOf } from '../reasons.js';

/**
 * Connections that wait to be accepted; the system may allow fewer. With libzmq's 100, of a thousand peers that come at once Linux
 * turns many away, which try again only after a second or more.
 */
const BACKLOG = 4096;

/** How an address is bound, given up, and called. */
export interface Binding {
  readonly where: ListenOptions;
  readonly endpointOf: (server: Server) => string;
  /** Sets options of a socket that was accepted. */
  readonly accepted?: (socket: Socket) => void;
  /** Puts the address where others find it, once it is listened on. */
  readonly place?: (done: (error?: Error) => void) => void;
  /** Takes it from there, before it is listened on no more. */
  readonly withdraw?: () => void;
  /** Removes what was made for the address once it is free. */
  readonly cleanUp?: (done: () => void) => void;
}

/** A listening address, from the wish for it to its end. */
export class NetListening {
  readonly #options: CarrierOptions;
  readonly #listener: ListenListener;
  #binding: Binding | undefined;
  #server: Server | undefined;
  #state: 'starting' | 'listening' | 'over' = 'starting';
  /** Who waits for the address to be free. */
  #waiting: (() => void)[] = [];

  constructor(options: CarrierOptions, listener: ListenListener) {
    this.#options = options;
    this.#listener = listener;
  }

  start(binding: Binding): void {
    this.#binding = binding;
    if (this.#stopped) return this.#end();
    const server = createServer({ allowHalfOpen: true, pauseOnConnect: true });
    this.#server = server;
    server.on('connection', (socket) => this.#accept(socket));
    const { place = (done) => done() } = binding;
    server.once('listening', () => place((error) => (error ? this.fail(error) : this.#bound(server))));
    // Once it listens, errors tell of connections that could not be accepted, for want of files for one: others come.
    server.on('error', (error) => this.#state === 'starting' && this.fail(error));
    try {
      server.listen({ ...binding.where, backlog: this.#options.backlog ?? BACKLOG, exclusive: true });
    } catch (error) {
      later(() => this.fail(error as Error)); // Node throws what it can see without the system
    }
  }

  /** It cannot be bound. Not to be called from within the call that asked for it. */
  fail(error: Error): void {
    const stopped = this.#stopped;
    this.#end();
    if (!stopped) this.#listener.failed(reasonOf(error), error);
  }

  readonly stop = (closed: () => void): void => {
    this.#waiting.push(closed);
    if (this.#state === 'listening') this.#end();
    else if (this.#state === 'over') later(this.#free);
    // else: it ends as soon as it is clear what it got
  };

  get #stopped(): boolean {
    return this.#waiting.length > 0;
  }

  #bound(server: Server): void {
    if (this.#stopped) return this.#end();
    this.#state = 'listening';
    this.#listener.listening(this.#binding!.endpointOf(server));
  }

  #accept(socket: Socket): void {
    if (this.#state !== 'listening') return void socket.destroy();
    const reads = new InPlaceReads();
    const inPlace = readInPlace(socket, reads);
    this.#binding?.accepted?.(inPlace ?? socket);
    const stream = inPlace ? new NetStream(inPlace, reads) : new NetStream(socket);
    stream.hear(this.#listener.accepted(stream));
  }

  /** Node frees the address at once, but tells of it only when the last accepted connection is gone. */
  #end(): void {
    this.#state = 'over';
    this.#binding?.withdraw?.();
    this.#server?.close();
    const { cleanUp = later } = this.#binding ?? {};
    cleanUp(this.#free);
  }

  readonly #free = (): void => {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const closed of waiting) closed();
  };
}
