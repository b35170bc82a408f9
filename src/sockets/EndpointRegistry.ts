import { EndpointError } from '../errors.js';
import type { Socket } from '../driver/Socket.js';
import { describe } from '../basics/describe.js';

interface Entry {
  readonly asked: string;
  /** The actual endpoint, once it is bound. */
  real: string;
  readonly binds: boolean;
  readonly routingId?: Uint8Array | undefined;
  /** The driver has started with it. */
  begun: boolean;
  done: boolean;
}

/** A caller that waits until all endpoints are open. */
interface Waiting {
  readonly promise: Promise<readonly string[]>;
  readonly resolve: (endpoints: readonly string[]) => void;
  readonly reject: (error: unknown) => void;
}

/** The endpoints of a handle. They are bound one at a time, so that it is known which actual endpoint belongs to which. */
export class EndpointRegistry {
  readonly #of: string;
  #entries: readonly Entry[] = [];
  #socket: Socket | undefined;
  #started = false;
  #binding: Entry | undefined;
  /** One is bound, and is being reported. */
  #isTelling = false;
  #waiting: Waiting | undefined;
  #failure: { readonly error: unknown } | undefined;

  constructor(of: string) {
    this.#of = of;
  }

  /** In the order of the calls; with the actual endpoints of those that are bound. */
  get names(): readonly string[] {
    return this.#entries.map(({ real }) => real);
  }

  /** Those that are bound. */
  get bound(): readonly string[] {
    return this.#entries.filter(({ binds }) => binds).map(({ real }) => real);
  }

  /** Settles once all endpoints are bound or being connected to. */
  get opened(): Promise<readonly string[]> {
    this.#waiting ??= waiting();
    const { promise } = this.#waiting;
    this.#settle();
    return promise;
  }

  bind(asked: string): void {
    this.#entries = [...this.#entries, { asked, real: asked, binds: true, begun: false, done: false }];
    this.#bind();
  }

  connect(asked: string, routingId: Uint8Array | undefined): void {
    const entry: Entry = { asked, real: asked, binds: false, routingId, begun: false, done: true };
    this.#entries = [...this.#entries, entry];
    this.#connect(entry);
  }

  /** @throws EndpointError if it is not bound */
  unbind(name: string): void {
    const [entry] = this.#find(name, 'bound') as [Entry];
    this.#entries = this.#entries.filter((other) => other !== entry);
    if (entry.done) this.#socket?.unbind(entry.real);
    this.#settle(); // one that is just being bound is unbound when that is done: its name is known then
  }

  /** @throws EndpointError if it is not connected */
  disconnect(name: string): void {
    const left = this.#find(name, 'connected to');
    this.#entries = this.#entries.filter((entry) => !left.includes(entry));
    while (this.#socket?.disconnect(name) === true);
  }

  /** The socket exists, though it may not have started. */
  open(socket: Socket): void {
    this.#socket = socket;
    for (const entry of this.#entries) if (!entry.binds) this.#connect(entry);
    this.#bind();
  }

  started(): void {
    this.#started = true;
    this.#settle();
  }

  /** An endpoint is bound. {@link proceed} starts the next one, after this has been reported. */
  listening(real: string): void {
    const entry = this.#binding;
    if (entry === undefined) return;
    this.#binding = undefined;
    entry.real = real;
    entry.done = true;
    this.#isTelling = true;
    if (!this.#entries.includes(entry)) this.#socket?.unbind(real);
    this.#settle();
  }

  proceed(): void {
    this.#isTelling = false;
    this.#bind();
  }

  /** The endpoints that are not open yet have failed. */
  fail(error: unknown): void {
    const isOpen = this.#started && this.#entries.every(({ done }) => done);
    this.#socket = undefined;
    if (!isOpen) this.#failure ??= { error };
    this.#settle();
  }

  #connect(entry: Entry): void {
    if (!this.#socket) return;
    entry.begun = true;
    this.#socket.connect(entry.asked, { routingId: entry.routingId });
  }

  #bind(): void {
    if (this.#binding || this.#isTelling || !this.#socket) return;
    const next = this.#entries.find(({ binds, begun }) => binds && !begun);
    if (next === undefined) return;
    next.begun = true;
    this.#binding = next;
    this.#socket.bind(next.asked);
  }

  #settle(): void {
    const waits = this.#waiting;
    if (!waits) return;
    if (this.#failure) waits.reject(this.#failure.error);
    else if (this.#started && this.#entries.every(({ done }) => done)) waits.resolve(this.names);
    else return;
    this.#waiting = undefined;
  }

  #find(name: string, what: 'bound' | 'connected to'): Entry[] {
    const all = this.#entries.filter(({ binds }) => binds === (what === 'bound'));
    const exact = all.filter(({ real }) => real === name);
    const found = exact.length > 0 ? exact : all.filter(({ asked }) => asked === name);
    if (found.length > 0) return found;
    const others =
      all.length === 0 ? 'nothing is' : `${all.map(({ real }) => real).join(', ')} ${all.length === 1 ? 'is' : 'are'}`;
    throw new EndpointError(name, `${this.#of}: endpoint ${describe(name)} is not ${what}; ${others}`);
  }
}

function waiting(): Waiting {
  let resolve!: Waiting['resolve'];
  let reject!: Waiting['reject'];
  const promise = new Promise<readonly string[]>((...settle) => ([resolve, reject] = settle));
  promise.catch(() => undefined); // it must not count as unhandled if no caller handles it
  return { promise, resolve, reject };
}
