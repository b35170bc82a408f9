import type { Parts } from '../../basics/Parts.js';
import type { Gate } from '../../demand/Gate.js';
import type { Handlers } from '../../rx/operate.js';
import type { Outlet } from '../../rx/Outlet.js';
import type { PendingSend, RoomListener } from '../Sender.js';
import type { SocketSession } from '../SocketSession.js';
import type { TrafficCount } from './TrafficCount.js';

/** One direction of a proxy. */
export interface ProxyWay {
  readonly target: SocketSession;
  /** Converts a message of the source for the driver of the target. */
  readonly encode: (message: unknown) => Parts;
  readonly count: TrafficCount;
  readonly capture: ((parts: Parts) => void) | undefined;
}

/** Forwards one way: a consumer of the messages of one socket that writes to another, and is ready while that one is. */
export class ProxyFlow implements Handlers<unknown>, RoomListener, PendingSend {
  readonly isPatient = true;
  before: PendingSend | undefined;
  after: PendingSend | undefined;
  /** The message that the target refused although it seemed ready; the only one, as nothing is read meanwhile. */
  parts: Parts = [];
  readonly #way: ProxyWay;
  readonly #out: Outlet<never>;
  readonly #gate: Gate;
  #waits = false;
  #completed = false;

  constructor(way: ProxyWay, out: Outlet<never>, gate: Gate) {
    this.#way = way;
    this.#out = out;
    this.#gate = gate;
    way.target.sender.listen(this);
  }

  hasRoom(): boolean {
    return !this.#waits && this.#way.target.sender.hasRoom;
  }

  next(message: unknown): void {
    const { target, encode, count } = this.#way;
    if (this.#completed) return;
    const parts = encode(message);
    try {
      if (target.sender.writeInTurn(parts, true)) {
        this.#forwarded(parts);
        target.sender.resume();
        return;
      }
    } catch {
      count.dropped += 1; // its sender cannot be notified
      return;
    }
    this.parts = parts;
    this.#waits = true;
    target.sender.post(this);
  }

  complete(): void {
    this.#completed = true;
    if (!this.#waits) this.#out.complete();
  }

  /** A message that was read is still sent: there is no other copy. */
  finalize(): void {
    this.#way.target.sender.unlisten(this);
  }

  // Once for the read that waits for demand, and once for the message that waits.

  room(): void {
    this.#gate.pass();
  }

  ended(error: unknown): void {
    if (error === undefined) this.complete();
    else this.#out.error(error);
  }

  sent(): void {
    const { parts } = this;
    this.#settled();
    this.#forwarded(parts);
    if (this.#completed) this.#out.complete();
  }

  failed(): void {
    this.#settled();
    this.#way.count.dropped += 1;
    if (this.#completed) this.#out.complete();
  }

  #settled(): void {
    this.#waits = false;
    this.parts = [];
  }

  #forwarded(parts: Parts): void {
    const { count, capture } = this.#way;
    count.add(parts);
    capture?.(parts);
  }
}
