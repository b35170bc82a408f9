import { Observable, Subject } from 'rxjs';
import { attributed } from '../basics/attributed.js';
import { aside } from '../demand/aside.js';
import { SocketError, type RxZmqError, type SocketOperation } from '../errors.js';
import { callerContext } from '../basics/callerContext.js';
import type { Clock } from '../time/Clock.js';
import { Linger } from '../time/Linger.js';
import type { Driver, DriverName } from '../driver/Driver.js';
import type { SocketListener, Socket } from '../driver/Socket.js';
import type { SocketType } from '../driver/SocketSettings.js';
import type { SocketStatus } from '../driver/SocketStatus.js';
import { statusReporter } from '../endpoints/status/statusReporter.js';
import { watchStalls } from '../endpoints/status/watchStalls.js';
import { EndpointRegistry } from './EndpointRegistry.js';
import { kinds } from './kinds.js';
import { openSocket } from '../platform/openSocket.js';
import { socketDriver } from '../platform/socketDriver.js';
import { Reader } from './Reader.js';
import { Sender } from './Sender.js';
import type { SocketPlan } from './socketPlan.js';

/** The socket of a handle from the call of `openSocket` to its end, with everything that is sent and received over it. */
export class SocketSession {
  readonly endpoints: EndpointRegistry;
  readonly reader: Reader;
  readonly sender: Sender;
  readonly status: Observable<SocketStatus>;
  /** Settles when the socket is closed and has released everything. */
  readonly gone: Promise<void>;
  readonly #plan: SocketPlan;
  readonly #of: string;
  readonly #statuses = new Subject<SocketStatus>();
  readonly #report: (status: SocketStatus) => void;
  #tellGone!: () => void;
  #socket: Socket | undefined;
  #driver: Driver | undefined;
  /** The calls that wait until the socket exists. */
  #setUp: ((socket: Socket) => void)[] = [];
  #isStarted = false;
  /** It has failed, or is closed or being closed. */
  #end: { readonly error: RxZmqError; readonly isFailure: boolean } | undefined;
  readonly #linger: Linger;

  constructor(plan: SocketPlan) {
    const { settings } = plan;
    const { type, clock } = settings;
    this.#plan = plan;
    this.#of = plan.needs.of;
    this.#linger = new Linger(
      clock,
      () => this.#giveUp(0),
      () => `${this.sender.taken} ${this.#socket?.unsentBytes}`,
    );
    this.status = new Observable((subscriber) => {
      const context = callerContext();
      return this.#statuses.subscribe({
        next: (status) => context.runInAsyncScope(() => subscriber.next(status)),
        error: (error: unknown) => context.runInAsyncScope(() => subscriber.error(error)),
        complete: () => context.runInAsyncScope(() => subscriber.complete()),
      });
    });
    this.#report = statusReporter(plan.status, { of: this.#of, clock });
    this.endpoints = new EndpointRegistry(`openSocket('${type}')`);
    const alternates = type === 'req' && settings.options.relaxed !== true;
    this.gone = new Promise((resolve) => (this.#tellGone = resolve));
    this.sender = new Sender(clock, { alternates });
    this.reader = new Reader({
      clock,
      decode: (parts) => kinds[type].receives?.decode(parts),
      stalls: watchStalls(
        clock,
        () => this.#socket ?? { id: 0, endpoint: this.endpoint },
        (status) => this.#notify(status),
      ),
      delivering: () => this.sender.replying(),
      delivered: () => this.sender.replied(),
    });
    const context = callerContext();
    clock.soon(() => context.runInAsyncScope(() => this.#open())); // all endpoints of one turn decide together which driver is used
  }

  get type(): SocketType {
    return this.#plan.settings.type;
  }

  get clock(): Clock {
    return this.#plan.settings.clock;
  }

  /** For error texts. */
  get endpoint(): string {
    return this.endpoints.names.join(', ') || `a ${this.#plan.settings.type} socket without endpoints`;
  }

  /** Why nothing can be sent any more. */
  get ended(): RxZmqError | undefined {
    return this.#end?.error;
  }

  /**
   * Whether operations are still possible. `false`: the socket has failed, and has reported that already.
   *
   * @throws SocketError if it was closed
   */
  isOpen(operation: SocketOperation): boolean {
    if (this.#end === undefined) return true;
    if (this.#end.isFailure) return false;
    throw new SocketError(operation, this.endpoint, 'the socket is closed');
  }

  /**
   * Checks that its driver supports these endpoints as well.
   *
   * @throws UnsupportedError
   */
  requireDriver(more: readonly string[], bind: boolean): void {
    const { needs } = this.#plan;
    const choice = (this.#driver?.name as DriverName | undefined) ?? needs.choice; // NATS has no such sockets
    const { names, bound } = this.endpoints;
    socketDriver({ ...needs, choice }, [...names, ...more], bind ? [...bound, ...more] : bound);
  }

  /** Calls back with the socket, as soon as it exists. */
  whenOpen(step: (socket: Socket) => void): void {
    if (this.#socket) step(this.#socket);
    else this.#setUp.push(step);
  }

  /** Closes the socket. Queued messages are still sent as long as they make progress within `lingerMs`. */
  close(lingerMs: number): void {
    if (this.#end) return;
    this.#end = { error: new SocketError('send', this.endpoint, 'the socket is closed'), isFailure: false };
    this.endpoints.fail(new SocketError('open', this.endpoint, 'the socket was closed'));
    this.reader.close({});
    const { clock } = this.#plan.settings;
    const giveUp = (): void => clock.soon(() => this.#giveUp(lingerMs)); // the driver may be calling back just now
    if (lingerMs === 0) {
      this.sender.close(this.#end.error);
      giveUp();
    } else {
      this.#linger.start(lingerMs);
      this.sender.drain(giveUp);
    }
  }

  // The callbacks of the driver.

  #readable(): void {
    this.#start();
    this.reader.readable();
  }

  #writable(): void {
    this.#start();
    this.sender.writable();
  }

  #tried(outcome: boolean | RxZmqError): void {
    this.sender.tried(outcome);
  }

  #failed(failure: RxZmqError): void {
    const error = attributed(failure, this.#of);
    if (this.#end?.isFailure === true) return;
    if (!this.#end) {
      this.#end = { error, isFailure: true };
      this.endpoints.fail(error);
      this.reader.close({ error });
    }
    this.#giveUp(0, error);
  }

  #closed(): void {
    this.#statuses.complete();
    this.#tellGone();
  }

  #told(status: SocketStatus): void {
    if (status.kind === 'listening') this.endpoints.listening(status.endpoint);
    this.#notify(status);
    if (status.kind === 'listening') this.endpoints.proceed();
  }

  #open(): void {
    if (this.#end && this.sender.size === 0) return; // it was closed before, and is gone
    const { settings, needs } = this.#plan;
    const { names, bound } = this.endpoints;
    try {
      const driver = socketDriver(needs, names, bound);
      this.#driver = driver;
      const endpoints = names.length === 0 ? [this.endpoint] : names;
      this.#socket = openSocket({ ...settings, endpoints, driver }, this.#listener());
    } catch (error) {
      this.#failed(error as RxZmqError);
      return;
    }
    const socket = this.#socket;
    this.reader.open(socket);
    this.sender.open(socket, this.#driver.capabilities);
    for (const step of this.#setUp) step(socket);
    this.#setUp = [];
    this.endpoints.open(socket);
  }

  #listener(): SocketListener {
    return {
      readable: () => this.#readable(),
      writable: () => this.#writable(),
      tried: (outcome) => this.#tried(outcome),
      status: (status) => this.#told(status),
      failed: (error) => this.#failed(error),
      closed: () => this.#closed(),
    };
  }

  #start(): void {
    if (this.#isStarted) return;
    this.#isStarted = true;
    this.endpoints.started();
  }

  #notify(status: SocketStatus): void {
    if (this.#plan.status !== undefined || !this.#statuses.observed) this.#report(status);
    aside(undefined, () => this.#statuses.next(status));
  }

  /** Stops writing. What the driver has accepted may still take that long. */
  #giveUp(lingerMs: number, error = this.#end?.error): void {
    this.#linger.stop();
    this.sender.fail(error);
    if (this.#socket) this.#socket.close(lingerMs);
    else this.#closed();
  }
}
