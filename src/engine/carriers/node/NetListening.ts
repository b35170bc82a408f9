import { createServer, type ListenOptions, type Server, type Socket } from 'node:net';
import type { CarrierOptions, ListenListener } from '../Carrier.js';
import { InPlaceReads } from './InPlaceReads.js';
import { later } from './later.js';
import { NetStream } from './NetStream.js';
import { readInPlace } from './readInPlace.js';
import { reasonOf } from '../reasons.js';

/**
 * How many connections may wait to be accepted; the system may allow fewer. With libzmq's 100, if a thousand peers connect at once,
 * Linux refuses many, and they try again only after a second or more.
 */
const BACKLOG = 4096;

/** How to bind and release an address, and its endpoint. */
export interface Binding {
  readonly where: ListenOptions;
  readonly endpointOf: (server: Server) => string;
  /** Sets options of an accepted socket. */
  readonly accepted?: (socket: Socket) => void;
  /** Publishes the address, once the server listens. */
  readonly place?: (done: (error?: Error) => void) => void;
  /** Withdraws it, before the server stops listening. */
  readonly withdraw?: () => void;
  /** Removes what was created for the address, once it is free. */
  readonly cleanUp?: (done: () => void) => void;
}

/** A bound address, from the first request for it to its end. */
export class NetListening {
  readonly #options: CarrierOptions;
  readonly #listener: ListenListener;
  #binding: Binding | undefined;
  #server: Server | undefined;
  #state: 'starting' | 'listening' | 'over' = 'starting';
  /** Callbacks that wait until the address is free. */
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
    // Once it listens, an error means that a connection could not be accepted, for example for lack of files: later ones still can.
    server.on('error', (error) => this.#state === 'starting' && this.fail(error));
    try {
      server.listen({ ...binding.where, backlog: this.#options.backlog ?? BACKLOG, exclusive: true });
    } catch (error) {
      later(() => this.fail(error as Error)); // Node throws some errors itself, before any system call
    }
  }

  /** The address cannot be bound. Do not call it during the call that asked for it. */
  fail(error: Error): void {
    const stopped = this.#stopped;
    this.#end();
    if (!stopped) this.#listener.failed(reasonOf(error), error);
  }

  readonly stop = (closed: () => void): void => {
    this.#waiting.push(closed);
    if (this.#state === 'listening') this.#end();
    else if (this.#state === 'over') later(this.#free);
    // otherwise it ends as soon as binding has succeeded or failed
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

  /** Node frees the address at once, but reports it only when the last accepted connection is gone. */
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
