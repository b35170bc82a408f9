import { type Subscriber, Subscription } from 'rxjs';
import type { Parts } from '../../basics/Parts.js';
import { operate } from '../../rx/operate.js';
import { Capture } from './Capture.js';
import { kinds } from '../kinds.js';
import { ProxyFlow, type ProxyWay } from './ProxyFlow.js';
import type { ProxyStatus, ProxyTraffic } from './ProxyStatus.js';
import { addressed, grouped, parts, type Shape, single } from '../shapes.js';
import type { SocketSession } from '../SocketSession.js';
import { TrafficCount } from './TrafficCount.js';

/** The sockets of a proxy, and how often it emits a status. */
export interface ProxySettings {
  readonly frontend: SocketSession;
  readonly backend: SocketSession;
  readonly capture: SocketSession | undefined;
  readonly everyMs: number;
}

/** Whether messages that one type receives can be sent by the other. */
export function forwards(source: SocketSession, target: SocketSession): boolean {
  const from = kinds[source.type].receives;
  const to = kinds[target.type].sends;
  if (from === undefined || to === undefined) return false;
  return isParts(from) ? isParts(to) : from === to && (from === single || from === grouped); // a routing id is valid for one socket only
}

/** One subscription of a proxy. */
export class ProxyRun {
  readonly #settings: ProxySettings;
  readonly #subscriber: Subscriber<ProxyStatus>;
  readonly #capture: Capture | undefined;
  readonly #toBackend = new TrafficCount();
  readonly #toFrontend = new TrafficCount();
  readonly #running = new Subscription();
  #toldAt: number;
  #cancelTelling: () => void = () => undefined;

  constructor(settings: ProxySettings, subscriber: Subscriber<ProxyStatus>) {
    const { frontend, backend, capture } = settings;
    this.#settings = settings;
    this.#subscriber = subscriber;
    this.#capture = capture && new Capture(capture);
    this.#toldAt = frontend.clock.now();
    this.#running.add(() => this.#cancelTelling());
    this.#tellLater();
    this.#forward(frontend, backend, this.#toBackend);
    if (frontend !== backend) this.#forward(backend, frontend, this.#toFrontend);
  }

  stop(): void {
    this.#running.unsubscribe();
  }

  #forward(source: SocketSession, target: SocketSession, count: TrafficCount): void {
    if (this.#running.closed || !forwards(source, target)) return;
    const way: ProxyWay = { target, encode: encoderFor(target), count, capture: this.#capture?.take };
    const flow = operate<unknown, never>((out, gate) => new ProxyFlow(way, out, gate), { demand: null });
    const observer = {
      error: (error: unknown) => this.#end(() => this.#subscriber.error(error)),
      complete: () => this.#end(() => this.#subscriber.complete()),
    };
    this.#running.add(source.reader.messages.pipe(flow).subscribe(observer));
  }

  /** Emits the last status, then completes or errors. */
  #end(notify: () => void): void {
    if (this.#running.closed) return;
    this.stop();
    this.#notify();
    notify();
  }

  #tellLater(): void {
    const { frontend, everyMs } = this.#settings;
    // eslint-disable-next-line no-restricted-syntax -- emits a status at intervals
    this.#cancelTelling = frontend.clock.after(everyMs, () => {
      this.#notify();
      if (!this.#running.closed) this.#tellLater();
    });
  }

  #notify(): void {
    const { frontend, backend } = this.#settings;
    const now = frontend.clock.now();
    const elapsedMs = now - this.#toldAt;
    this.#toldAt = now;
    const traffic = (count: TrafficCount, source: SocketSession, target: SocketSession): ProxyTraffic =>
      count.notify(elapsedMs, forwards(source, target) && !target.sender.hasRoom);
    this.#subscriber.next({
      toBackend: traffic(this.#toBackend, frontend, backend),
      toFrontend: traffic(this.#toFrontend, backend, frontend),
      captured: this.#capture?.notify() ?? { messages: 0, dropped: 0 },
    });
  }
}

function isParts(shape: Shape): boolean {
  return shape === parts || shape === addressed;
}

function encoderFor({ type }: SocketSession): (message: unknown) => Parts {
  const shape = kinds[type].sends;
  if (shape === undefined || isParts(shape)) return (message) => message as Parts; // its messages are parts already
  return (message) => shape.encode(type, message);
}
