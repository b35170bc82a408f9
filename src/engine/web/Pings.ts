import type { Clock } from '../../time/Clock.js';
import { Deadline } from '../../time/Deadline.js';
import { encodePing } from './control.js';

export interface PingSettings {
  readonly clock: Clock;
  /** The hello of this side: how often it pings, in ms; 0: never. */
  readonly hello: { readonly pingMs: number };
  /** `true`: this side pings, and any message of the peer is a sign of life. `false`: only pings of the peer are. */
  readonly accepts: boolean;
}

export interface PingListener {
  ping(text: string): void;
  gone(afterMs: number): void;
}

/**
 * Detects that a peer is gone. The accepting side pings, so that a hidden page does not need a timer for it. The connecting side expects
 * pings if the hello of its peer announces them.
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

  /** The hello of the peer has arrived, with the interval of its pings. */
  start(peerPingMs: number, goneMs: number): void {
    const { accepts, hello } = this.#settings;
    const { pingMs } = hello;
    this.#peerPings = !accepts && peerPingMs > 0;
    this.#goneMs = this.#peerPings ? Math.max(goneMs, 2 * peerPingMs) : goneMs;
    if (accepts && pingMs > 0) this.#beat();
    if ((accepts && pingMs > 0) || this.#peerPings) this.#gone.set(this.#goneMs);
  }

  /** A message of any kind has arrived. */
  heard(): void {
    if (this.#cancel !== undefined) this.#gone.set(this.#goneMs);
  }

  /** A ping has arrived. */
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
    // eslint-disable-next-line no-restricted-syntax -- only sends; decisions use a Deadline
    this.#cancel = this.#settings.clock.after(this.#settings.hello.pingMs, this.#beat);
    if (this.#count > 0) this.#listener.ping(encodePing(`${this.#count}`)); // the first one would be right after the hello
    this.#count += 1;
  };
}
