import type { Parts } from '../basics/Parts.js';
import { SocketError, type RxZmqError } from '../errors.js';
import { nextSocketId, NOT_TAKEN, type NextPeer, type Socket, type SocketListener } from '../driver/Socket.js';
import type { ConnectOptions, SocketSettings, SocketType } from '../driver/SocketSettings.js';
import type { StatusOf } from '../driver/SocketStatus.js';
import { EndpointSet } from './EndpointSet.js';
import { Losses } from '../driver/Losses.js';
import { Linger } from '../time/Linger.js';
import type { SocketCore, SocketEndpoint } from './connections/SocketCore.js';
import { pipeSettings } from './connections/pipeSettings.js';
import { type EndpointKind, kindOf } from './EndpointKind.js';
import type { EngineSurroundings } from './EngineSurroundings.js';
import type { FrameCursor } from '../driver/FrameCursor.js';
import type { Pattern, PatternHost } from './patterns/Pattern.js';
import type { CreatePattern } from './patterns/patternFactory.js';
import type { StreamPipeSettings } from './pipes/StreamPipe.js';
import type { CurvePrimitives } from './zmtp/Cipher.js';

/** These types ignore a second connection to the same endpoint, except over inproc. */
const CONNECTS_ONCE: ReadonlySet<SocketType> = new Set(['dealer', 'sub', 'pub', 'req']);

/** A socket of the engine: a pattern, and the endpoints that create its pipes. */
export class EngineSocket implements Socket, SocketCore, PatternHost {
  readonly id = nextSocketId();
  readonly settings: SocketSettings;
  readonly context: EngineSurroundings;
  readonly pattern: Pattern;
  readonly pipes: StreamPipeSettings;
  curve: CurvePrimitives | undefined;
  endpoint: string;
  readonly #listener: SocketListener;
  readonly #endpoints = new EndpointSet();
  readonly #losses: Losses;
  /** Calls from before the start of the socket. */
  #setUp: (() => void)[] | undefined = [];
  #closing = false;
  #closed = false;
  #open = 0;
  #left = 0;
  #linger: Linger | undefined;

  constructor(
    context: EngineSurroundings,
    createPattern: CreatePattern,
    settings: SocketSettings,
    listener: SocketListener,
  ) {
    this.context = context;
    this.settings = settings;
    this.#listener = listener;
    this.endpoint = settings.endpoints.join(', ');
    this.#losses = new Losses(settings.clock, (count, reason) =>
      listener.status({ kind: 'dropped', endpoint: this.endpoint, socketId: this.id, count, reason }),
    );
    this.pipes = pipeSettings(settings, (parts) => this.#listener.released?.(parts));
    this.pattern = createPattern(settings.type, this, { ...settings.limits, ...settings.options });
    if (settings.security?.mechanism === 'curve') this.#loadCurve();
    else settings.clock.soon(this.#start);
  }

  /** The pipe of the last message that was read. */
  get from(): number | undefined {
    return this.pattern.from?.id;
  }

  get unsentBytes(): number {
    return this.#endpoints.unsentBytes;
  }

  get nextPeer(): NextPeer | undefined {
    return this.pattern.next;
  }

  bind(endpoint: string): void {
    this.#add(this.#kindOf(endpoint).bind(this, endpoint));
  }

  /** As in libzmq, types that would receive everything twice, or use a peer twice in turn, ignore a second connection to one endpoint. */
  connect(endpoint: string, options: ConnectOptions = {}): void {
    const kind = this.#kindOf(endpoint);
    if (kind.countsConnections && CONNECTS_ONCE.has(this.settings.type) && this.#endpoints.connectsTo(endpoint)) return;
    this.#add(kind.connect(this, endpoint, options));
  }

  /** Stops listening and ends the accepted connections. `false`: the endpoint is not bound. */
  unbind(endpoint: string): boolean {
    return this.#remove(endpoint, 'bound');
  }

  /** Sends the queued messages of that endpoint, then leaves it. `false`: the endpoint is not connected. */
  disconnect(endpoint: string): boolean {
    return this.#remove(endpoint, 'connected');
  }

  read(): Parts | undefined {
    if (this.#closing) return undefined;
    const { loop } = this.context;
    loop.enter();
    try {
      return this.pattern.receive(false);
    } finally {
      loop.leave();
    }
  }

  readAt(cursor: FrameCursor): Parts | undefined {
    if (this.#closing) return undefined;
    const { loop } = this.context;
    loop.enter();
    try {
      return this.pattern.receiveAt ? this.pattern.receiveAt(cursor) : this.pattern.receive(true);
    } finally {
      loop.leave();
    }
  }

  write(parts: Parts, owned = false): boolean {
    if (parts.length === 0) throw new SocketError('send', this.endpoint, 'a message has at least one part');
    if (this.#closing || this.#setUp !== undefined) return false; // `writable` follows after the start
    const { loop } = this.context;
    loop.enter();
    try {
      return this.pattern.send(parts, owned);
    } finally {
      loop.leave();
    }
  }

  hasRoom(): boolean {
    return !this.#closing && this.#setUp === undefined && this.pattern.hasRoom();
  }

  withdraw(parts: Parts): boolean {
    return this.pattern.withdraw(parts);
  }

  subscribe(topic: Uint8Array): void {
    this.#do(() => this.pattern.subscribe(topic));
  }

  unsubscribe(topic: Uint8Array): void {
    this.#do(() => this.pattern.unsubscribe(topic));
  }

  join(group: Uint8Array): void {
    this.#do(() => this.pattern.join(group));
  }

  leave(group: Uint8Array): void {
    this.#do(() => this.pattern.leave(group));
  }

  renew(peer: number): void {
    if (!this.#closing) for (const endpoint of this.#endpoints) this.#do(() => endpoint.renew?.(peer));
  }

  close(lingerMs: number): void {
    if (this.#closing) return;
    this.#closing = true;
    this.#setUp = undefined;
    this.#losses.tell();
    const endpoints = this.#endpoints.all();
    this.#open = endpoints.length + 1;
    this.#endpoints.stopLingers(); // from now on the linger of the socket counts
    if (lingerMs === 0) this.#abort();
    else {
      const { clock } = this.settings;
      this.#linger = new Linger(
        clock,
        () => this.#abort(),
        () => this.unsentBytes,
      ).start(lingerMs);
    }
    this.context.loop.enter();
    for (const endpoint of endpoints) endpoint.close(this.#endpointClosed);
    this.context.loop.leave();
    this.settings.clock.soon(this.#endpointClosed); // `closed` is never called from within a call
  }

  // Called by the pattern.

  readable(): void {
    if (!this.#closing && this.#setUp === undefined) this.#listener.readable();
  }

  writable(): void {
    if (!this.#closing && this.#setUp === undefined) this.#listener.writable();
  }

  dropped(count: number | undefined, reason: string): void {
    if (this.#closed) return;
    this.#losses.add(count, reason);
    if (this.#closing) this.#losses.tell();
    else this.#losses.tellSoon();
  }

  subscribers(count: number): void {
    this.notify({ kind: 'subscribed', endpoint: this.endpoint, count });
  }

  soon(callback: () => void): void {
    this.settings.clock.soon(callback);
  }

  // Called by the endpoints.

  notify(status: StatusOf): void {
    if (this.#closing) return;
    if (status.kind === 'listening') this.endpoint = this.#endpoints.names;
    this.#listener.status({ ...status, socketId: this.id });
  }

  progress(endpoint: SocketEndpoint): void {
    this.#endpoints.progress(endpoint);
    this.#linger?.progress();
  }

  retire(endpoint: SocketEndpoint): void {
    const { lingerMs = Infinity, clock } = this.settings;
    if (!this.#closing) this.#endpoints.leave(endpoint, clock, lingerMs, () => this.#abandon(endpoint));
  }

  failed(operation: 'bind' | 'connect', endpoint: string, reason: string, cause?: Error): void {
    this.#fail(new SocketError(operation, endpoint, reason, cause && { cause }));
  }

  #loadCurve(): void {
    this.context.loadCurve().then(
      (curve) => {
        this.curve = curve;
        this.#start();
      },
      (cause: unknown) => {
        this.#fail(new SocketError('open', this.endpoint, `CURVE cannot be loaded: ${String(cause)}`, { cause }));
      },
    );
  }

  readonly #start = (): void => {
    const setUp = this.#setUp;
    if (this.#closing || setUp === undefined) return;
    this.#setUp = undefined;
    this.context.loop.enter();
    for (const step of setUp) if (!this.#isOver()) step(); // a step may have closed the socket
    this.context.loop.leave();
    this.readable();
    this.writable();
  };

  /** Whether the last call has closed the socket. */
  #isOver(): boolean {
    return this.#closing;
  }

  #do(step: () => void): void {
    if (this.#closing) return;
    if (this.#setUp !== undefined) {
      this.#setUp.push(() => this.#attempt(step));
      return;
    }
    this.context.loop.enter();
    try {
      step();
    } finally {
      this.context.loop.leave();
    }
  }

  #attempt(step: () => void): void {
    try {
      step();
    } catch (error) {
      this.#fail(error as RxZmqError);
    }
  }

  #fail(error: RxZmqError): void {
    if (!this.#closing) this.#listener.failed(error);
  }

  #add(endpoint: SocketEndpoint): void {
    if (this.#closing) return;
    this.#endpoints.add(endpoint);
    this.#do(() => {
      if (this.#endpoints.has(endpoint)) this.#attempt(() => endpoint.start());
    });
  }

  #remove(name: string, side: 'bound' | 'connected'): boolean {
    if (this.#closing) return false;
    for (const endpoint of this.#endpoints.named(name, side)) {
      if (endpoint.unbind && this.#setUp === undefined) {
        if (endpoint.unbind()) return true;
        continue; // it was unbound before, and another endpoint may have its name now
      }
      if (this.#setUp !== undefined) this.#endpoints.delete(endpoint);
      else this.#do(() => this.retire(endpoint));
      return true;
    }
    return false;
  }

  #kindOf(endpoint: string): EndpointKind {
    return kindOf(this.context.kinds, endpoint);
  }

  /** Gives up the remaining messages of an endpoint that was left. */
  #abandon(endpoint: SocketEndpoint): void {
    const left = endpoint.abort();
    if (left > 0) this.dropped(left, `${endpoint.endpoint} was left, and did not take them within the linger`);
  }

  #abort(): void {
    this.#open += 1; // an endpoint that `abort` closes must not count as the last before all are counted
    for (const endpoint of this.#endpoints.all()) this.#left += endpoint.abort();
    this.#endpointClosed();
  }

  readonly #endpointClosed = (): void => {
    this.#open -= 1;
    if (this.#open > 0 || this.#closed) return;
    this.#linger?.stop();
    if (this.#left > 0) this.dropped(this.#left, NOT_TAKEN);
    this.#closed = true;
    this.#listener.status({ kind: 'closed', endpoint: this.endpoint, socketId: this.id });
    this.#listener.closed({ messages: this.#left });
  };
}
