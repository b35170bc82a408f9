import { RxZmqError, SocketError, type SocketOperation } from '../errors.js';
import { givingUp, whenGivenUp } from '../driver/closingEndpoints.js';
import { Linger } from '../time/Linger.js';
import { isInproc, isIpv6 } from '../driver/endpoints.js';
import { nextSocketId, NOT_TAKEN, type Leftover } from '../driver/Socket.js';
import type { ConnectOptions, SocketSettings } from '../driver/SocketSettings.js';
import type { SocketStatus, StatusOf } from '../driver/SocketStatus.js';
import type { RawZeroMQSocket } from './createRawSocket.js';
import type { ZeroMQSocket } from './createZeroMQSocket.js';
import { loadZeroMQ, type ZeroMQ } from './loadZeroMQ.js';
import { watch } from './Monitor.js';
import { trackInproc, untrackInproc } from './neighbours.js';
import { optionNumbers } from './optionNumbers.js';
import { Retry } from './Retry.js';
import { SocketGuard } from './SocketGuard.js';
import { zapReady } from './ZapHandler.js';

/** The calls of its listener that all libzmq sockets make. */
export interface NativeListener {
  status(status: SocketStatus): void;
  failed(error: RxZmqError): void;
  closed(leftover: Leftover): void;
}

/** A zeromq.js socket from the request for it to its end. Subclasses send and receive. */
export abstract class NativeCore {
  readonly id = nextSocketId();
  /** zeromq.js does not report it. */
  readonly from = undefined;
  endpoint: string;
  protected readonly clock;
  protected socket: ZeroMQSocket | undefined;
  protected closing = false;
  /** Checks again whether libzmq has space, which it does not report. */
  protected readonly retry: Retry;
  /** How many sends have not settled. */
  protected sending = 0;
  readonly #settings: SocketSettings;
  readonly #listener: NativeListener;
  readonly #guard: SocketGuard;
  /** Calls that were made before the socket was open. */
  #setUp: ((socket: ZeroMQSocket) => void)[] = [];
  /** The function to call when an endpoint is free again, by the address to which it was bound. */
  protected readonly bound = new Map<string, () => void>();
  /** Opening has failed. */
  #unopened = false;
  #closed = false;
  #endedAt = 0;
  #lingerMs = 0;
  #left = 0;
  #afterSending: (() => void) | undefined;

  constructor(settings: SocketSettings, listener: NativeListener) {
    const { clock, endpoints } = settings;
    this.clock = clock;
    this.retry = new Retry(clock);
    this.#settings = settings;
    this.#listener = listener;
    this.#guard = new SocketGuard(
      settings,
      () => this.endpoint,
      (status) => this.notify(status),
    );
    this.endpoint = endpoints.join(', ');
  }

  bind(endpoint: string): void {
    this.#meet(endpoint);
    this.whenOpen((socket) => {
      if (!this.attempt('bind', endpoint, () => socket.bindSync(endpoint))) return;
      if (isInproc(endpoint)) trackInproc(socket);
      const address = socket.lastEndpoint ?? endpoint;
      this.bound.set(address, () => undefined);
      this.endpoint = this.endpoint.replace(endpoint, address);
      this.notify({ kind: 'listening', endpoint: address });
    });
  }

  connect(endpoint: string, { routingId }: ConnectOptions = {}): void {
    this.#meet(endpoint);
    if (routingId !== undefined) this.#setBytes(optionNumbers.connectRoutingId, routingId);
    this.whenOpen((socket) => {
      if (isInproc(endpoint)) trackInproc(socket);
      this.attempt('connect', endpoint, () => socket.connect(endpoint));
    });
  }

  unbind(endpoint: string): boolean {
    this.whenOpen((socket) => {
      const freed = givingUp(endpoint);
      this.bound.set(endpoint, freed);
      const gone = this.attempt('bind', endpoint, () => this.#leave(socket, endpoint)); // for libzmq the same as unbind, but synchronous
      if (gone && !isInproc(endpoint) && !endpoint.startsWith('udp:')) return; // the monitor reports when the address is free
      this.bound.delete(endpoint);
      freed();
    });
    return false;
  }

  disconnect(endpoint: string): boolean {
    this.whenOpen((socket) => this.attempt('connect', endpoint, () => this.#leave(socket, endpoint)));
    return false;
  }

  subscribe(topic: Uint8Array): void {
    this.#subscription(topic, true);
  }

  unsubscribe(topic: Uint8Array): void {
    this.#subscription(topic, false);
  }

  join(group: Uint8Array): void {
    this.#whenRaw((socket) => socket.join(Buffer.from(group)));
  }

  leave(group: Uint8Array): void {
    this.#whenRaw((socket) => socket.leave(Buffer.from(group)));
  }

  close(lingerMs: number): void {
    if (this.closing) return;
    this.closing = true;
    this.stopped();
    for (const address of this.bound.keys()) {
      this.bound.set(address, givingUp(address));
    }
    if (this.#unopened) this.#gone();
    if (!this.socket) return; // `open` checks `closing`
    if (this.sending === 0 || lingerMs === 0) this.#end(lingerMs);
    else this.#endAfterSending(lingerMs);
  }

  /** Creates the socket, not yet bound or connected. */
  protected abstract create(zeromq: ZeroMQ): ZeroMQSocket;
  /** The socket is open. */
  protected abstract opened(): void;
  /** The socket must not read, nor call its listener for messages, any more. */
  protected abstract stopped(): void;
  /** The number of peers whose handshake is complete has changed. */
  protected abstract peersAre(count: number): void;

  /** Call it once, at the end of the constructor. It waits for these endpoints if a socket of this process is giving them up. */
  protected async open(toBind: readonly string[]): Promise<void> {
    try {
      const zeromq = await loadZeroMQ(this.endpoint);
      for (const endpoint of toBind) await new Promise<void>((free) => whenGivenUp(endpoint, free));
      await zapReady();
      if (this.closing) return this.#gone();
      const socket = this.create(zeromq);
      this.#guard.protect(zeromq, socket);
      void watch(socket.events, {
        status: (status) => {
          const told = this.#guard.explain(status);
          if (told !== undefined) this.notify(told);
        },
        peers: (count) => this.peersAre(count),
        unbound: (address) => {
          this.bound.get(address)?.();
          this.bound.delete(address);
        },
        end: () => this.#gone(),
      });
      this.socket = socket;
    } catch (cause) {
      this.#unopened = true;
      this.fail('open', this.endpoint, cause);
      if (this.closing) this.#gone();
      return;
    }
    const setUp = this.#setUp;
    this.#setUp = [];
    for (const step of setUp) this.whenOpen(step);
    if (!this.isOver()) this.opened(); // one of the steps may have closed it
  }

  /** Whether a call made just now has closed the socket. */
  protected isOver(): boolean {
    return this.closing;
  }

  protected whenOpen(step: (socket: ZeroMQSocket) => void): void {
    if (this.closing) return;
    if (this.socket) step(this.socket);
    else this.#setUp.push(step);
  }

  /** Returns whether the action succeeded. */
  protected attempt(operation: SocketOperation, endpoint: string, action: () => void): boolean {
    try {
      action();
      return true;
    } catch (cause) {
      this.fail(operation, endpoint, cause);
      return false;
    }
  }

  protected fail(operation: SocketOperation, endpoint: string, cause: unknown): void {
    if (!this.closing) this.#listener.failed(this.errorOf(operation, endpoint, cause));
  }

  /** An error of zeromq.js as an error of rxzmq. */
  protected errorOf(operation: SocketOperation, endpoint: string, cause: unknown): RxZmqError {
    if (cause instanceof RxZmqError) return cause;
    const { message, code } = cause as Error & { code?: string };
    const reason = code === undefined ? message : `${message} (${code})`;
    return new SocketError(operation, endpoint, reason, { cause });
  }

  /** A send has settled. Returns whether there may be others now: none is in flight, and no close has waited for it. */
  protected settled(): boolean {
    this.sending -= 1;
    if (this.sending > 0) return false;
    this.#afterSending?.();
    return this.#afterSending === undefined;
  }

  protected notify(status: StatusOf): void {
    this.#listener.status({ ...status, socketId: this.id });
  }

  /** For the messages of that endpoint, libzmq uses the linger that is set at the time of the call. */
  #leave(socket: ZeroMQSocket, endpoint: string): void {
    const { lingerMs = Infinity } = this.#settings;
    const raw = socket as unknown as RawZeroMQSocket;
    raw.linger = lingerMs === Infinity ? -1 : Math.ceil(lingerMs);
    try {
      socket.disconnect(endpoint);
    } finally {
      raw.linger = 0;
    }
  }

  #subscription(topic: Uint8Array, on: boolean): void {
    if (this.#settings.type === 'xsub') {
      const message = new Uint8Array(topic.length + 1);
      message[0] = on ? 1 : 0;
      message.set(topic, 1);
      this.#whenRaw(
        (socket) => void socket.send([message]).catch((cause: unknown) => this.fail('send', this.endpoint, cause)),
      );
    } else {
      this.#setBytes(on ? optionNumbers.subscribe : optionNumbers.unsubscribe, topic);
    }
  }

  /** libzmq uses IPv6 only if the option is set. */
  #meet(endpoint: string): void {
    if (!isIpv6(endpoint)) return;
    this.#whenRaw((socket) => {
      if (!socket.ipv6) socket.ipv6 = true;
    });
  }

  #setBytes(option: number, value: Uint8Array): void {
    this.#whenRaw((socket) => socket.setStringOption(option, Buffer.from(value)));
  }

  #whenRaw(step: (socket: RawZeroMQSocket) => void): void {
    this.whenOpen((socket) => this.attempt('open', this.endpoint, () => step(socket as unknown as RawZeroMQSocket)));
  }

  #endAfterSending(lingerMs: number): void {
    const linger = new Linger(
      this.clock,
      () => this.#end(0),
      () => this.sending,
    ).start(lingerMs);
    this.#afterSending = () => {
      linger.stop();
      this.#end(lingerMs);
    };
  }

  #end(lingerMs: number): void {
    const { socket } = this;
    if (!socket || socket.closed) return;
    this.#afterSending = () => undefined;
    this.retry.cancel();
    this.#left = this.sending;
    this.#lingerMs = lingerMs;
    this.#endedAt = this.clock.now();
    socket.linger = lingerMs === Infinity ? -1 : Math.ceil(lingerMs);
    socket.close();
    untrackInproc({
      socket,
      clock: this.clock,
      isGone: () => this.#closed,
      patienceMs: lingerMs,
      giveUp: () => this.#gone(0),
    });
  }

  #gone(messages = this.#leftOver()): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#guard.release();
    for (const freed of this.bound.values()) freed();
    const { endpoint } = this;
    if (messages !== 0) this.notify({ kind: 'dropped', endpoint, count: messages, reason: NOT_TAKEN });
    this.notify({ kind: 'closed', endpoint });
    this.#listener.closed({ messages });
  }

  #leftOver(): number | undefined {
    const inTime = this.#lingerMs === 0 || this.clock.now() - this.#endedAt < this.#lingerMs - 1;
    return inTime ? this.#left : undefined;
  }
}
