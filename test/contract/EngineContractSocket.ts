import type { Parts } from '../../src/basics/Parts.js';
import type { SocketSettings } from '../../src/driver/SocketSettings.js';
import type { Socket } from '../../src/driver/Socket.js';
import { openEngineSocket } from '../helpers/openEngineSocket.js';
import type { PatternType } from '../../src/driver/TypeOptions.js';
import type { RxZmqError } from '../../src/errors.js';
import { defaultClock } from '../../src/rx/defaultClock.js';
import { toBytes } from './bytes.js';
import { type ContractOptions, ContractSocket } from './ContractSocket.js';
import { FAILURE_MS } from './failure.js';
import { boundAt, isUrl } from './webPlace.js';

const MIB = 2 ** 20;

/** A socket of the engine, opened through its lowest door. */
export class EngineContractSocket extends ContractSocket {
  override readonly driver = 'engine';
  readonly #socket: Socket;
  readonly #failures: RxZmqError[] = [];
  /** Called when anything has happened. */
  readonly #waiting = new Set<() => void>();
  readonly #started: Promise<void>;
  readonly #gone: Promise<void>;

  constructor(type: PatternType, options: ContractOptions) {
    super(type, options);
    let [started, gone] = [(): void => undefined, (): void => undefined];
    this.#started = new Promise((resolve) => (started = resolve));
    this.#gone = new Promise((resolve) => (gone = resolve));
    this.#socket = openEngineSocket(settingsOf(type, options), {
      readable: () => this.#happened(),
      writable: () => {
        started(); // said first once it has started
        this.#happened();
      },
      status: (status) => {
        this.log.add(status);
        this.#happened();
      },
      failed: (error) => {
        this.#failures.push(error);
        this.#happened();
      },
      closed: () => gone(),
    });
  }

  override async bind(endpoint: string): Promise<string> {
    const before = this.log.of('listening').length;
    const failed = this.#failures.length;
    this.#socket.bind(isUrl(endpoint) ? boundAt(endpoint) : endpoint);
    const done = (): boolean => this.log.of('listening').length > before || this.#failures.length > failed;
    if (!(await this.#until(done, FAILURE_MS))) throw new Error(`${endpoint} was not bound; ${this.log.show()}`);
    const failure = this.#failures[failed];
    if (failure) throw failure;
    return isUrl(endpoint) ? endpoint : this.log.of('listening')[before]!.endpoint;
  }

  override async unbind(endpoint: string): Promise<void> {
    if (!this.#socket.unbind(isUrl(endpoint) ? boundAt(endpoint) : endpoint))
      throw new Error(`${endpoint} is not bound`);
  }

  override connect(endpoint: string, { routingId }: { readonly routingId?: string } = {}): void {
    this.#socket.connect(endpoint, routingId === undefined ? undefined : { routingId: toBytes(routingId) });
  }

  override disconnect(endpoint: string): void {
    if (!this.#socket.disconnect(endpoint)) throw new Error(`${endpoint} is not connected`);
  }

  override subscribe(topic: string | Uint8Array): void {
    this.#socket.subscribe(toBytes(topic));
  }

  override unsubscribe(topic: string | Uint8Array): void {
    this.#socket.unsubscribe(toBytes(topic));
  }

  override join(group: string): void {
    this.#socket.join(toBytes(group));
  }

  override leave(group: string): void {
    this.#socket.leave(toBytes(group));
  }

  override async close(lingerMs = 0): Promise<void> {
    this.#socket.close(lingerMs);
    await this.#gone;
  }

  override peers(count: number): Promise<void> {
    return this.log.until(() => this.log.peers === count, `${count} peers, there are ${this.log.peers}`);
  }

  protected override async attempt(parts: Parts): Promise<boolean> {
    await this.#started;
    return this.#socket.write(parts) === true;
  }

  protected override async room(): Promise<void> {
    await new Promise<void>((resolve) => {
      const happened = (): void => {
        this.#waiting.delete(happened);
        clearTimeout(timer);
        resolve();
      };
      const timer = setTimeout(happened, FAILURE_MS);
      this.#waiting.add(happened);
    });
  }

  protected override async take(): Promise<Parts | undefined> {
    await this.#started;
    return this.#socket.read();
  }

  protected override async arrival(ms: number): Promise<Parts | undefined> {
    let parts: Parts | undefined;
    await this.#until(() => (parts = this.#socket.read()) !== undefined, ms);
    return parts;
  }

  /** Whether it came true in time. Looks again whenever the socket says anything. */
  #until(isSo: () => boolean, ms: number): Promise<boolean> {
    return new Promise((resolve) => {
      const settle = (outcome: boolean): void => {
        this.#waiting.delete(check);
        clearTimeout(timer);
        resolve(outcome);
      };
      const check = (): void => void (isSo() && settle(true));
      const timer = setTimeout(() => settle(false), ms);
      this.#waiting.add(check);
      check();
    });
  }

  #happened(): void {
    for (const check of [...this.#waiting]) check();
  }
}

function settingsOf(type: PatternType, options: ContractOptions): SocketSettings {
  const { reconnectInterval = 100, reconnectMaxInterval = 0, heartbeatInterval = 0 } = options;
  const { sendHighWaterMark, receiveHighWaterMark, security, immediate, conflate, routingId } = options;
  return {
    type,
    clock: defaultClock,
    endpoints: [],
    bind: false,
    highWaterMark: 1000,
    sendHighWaterMark,
    receiveHighWaterMark,
    maxMessageBytes: options.maxMessageSize ?? 256 * MIB,
    limits: { handshakeTimeoutMs: options.handshakeInterval, highWaterBytes: Infinity },
    reconnect: reconnectInterval !== false && {
      initialMs: reconnectInterval,
      maxMs: Math.max(reconnectInterval, reconnectMaxInterval),
    },
    heartbeat: heartbeatInterval > 0 && {
      intervalMs: heartbeatInterval,
      timeoutMs: options.heartbeatTimeout ?? heartbeatInterval,
      ttlMs: options.heartbeatTimeToLive ?? 0,
    },
    requiresPeer: false,
    routingId: routingId === undefined ? undefined : toBytes(routingId),
    security,
    immediate,
    conflate,
    options,
  };
}
