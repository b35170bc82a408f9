import type { Clock } from '../../time/Clock.js';
import { Deadline } from '../../time/Deadline.js';
import { encodePing } from './control.js';

export interface PingSettings {
  readonly clock: Clock;
  /** What this side says of itself: how often it pings, in ms; 0: never. */
  readonly hello: { readonly pingMs: number };
  /** It is the one that pings: any message of the peer is a sign of life. Otherwise only its pings are. */
  readonly accepts: boolean;
}

export interface PingListener {
  ping(text: string): void;
  gone(afterMs: number): void;
}

/**
 * Finds out that a peer is gone. The accepting side pings, so that no timer of a hidden page has to; the other one waits for pings, if
 * it was told that there are any.
 */
export class Pings {
  readonly #settings: PingSettings;
  readonly #listener: PingListener;
  readonly #gone: Deadline;
  #goneMs = Infinity;
  #peerPings = false;
  #cancel: (() => void) | undefined;
  #count = 0;

  constructor(settings: PingSettings, listener: PingListener) {
    this.#settings = settings;
    this.#listener = listener;
    this.#gone = new Deadline(settings.clock, () => listener.gone(this.#goneMs));
  }

  /** The peer's hello is there, which says how often it pings. */
  start(peerPingMs: number, goneMs: number): void {
    const { accepts, hello } = this.#settings;
    const { pingMs } = hello;
    this.#peerPings = !accepts && peerPingMs > 0;
    this.#goneMs = this.#peerPings ? Math.max(goneMs, 2 * peerPingMs) : goneMs;
    if (accepts && pingMs > 0) this.#beat();
    if ((accepts && pingMs > 0) || this.#peerPings) this.#gone.set(this.#goneMs);
  }

  /** A message of any kind came. */
  heard(): void {
    if (this.#cancel !== undefined) this.#gone.set(this.#goneMs);
  }

  /** A ping came. */
  pinged(): void {
    if (this.#peerPings) this.#gone.set(this.#goneMs);
  }

  stop(): void {
    this.#cancel?.();
    this.#cancel = undefined;
    this.#peerPings = false;
    this.#gone.close();
  }

  readonly #beat = (): void => {
    // eslint-disable-next-line no-restricted-syntax -- sends something; what is decided has a Deadline
    this.#cancel = this.#settings.clock.after(this.#settings.hello.pingMs, this.#beat);
    if (this.#count > 0) this.#listener.ping(encodePing(`${this.#count}`)); // the first one would follow the hello
    this.#count += 1;
  };
}
