import type { Parts } from '../../basics/Parts.js';
import type { Gate } from '../../demand/Gate.js';
import type { Handlers } from '../../rx/operate.js';
import type { Outlet } from '../../rx/Outlet.js';
import type { PendingSend, RoomListener } from '../Sender.js';
import type { SocketSession } from '../SocketSession.js';
import type { TrafficCount } from './TrafficCount.js';

/** What goes one way through a proxy. */
export interface ProxyWay {
  readonly target: SocketSession;
  /** Makes a message of the source what the target's driver knows. */
  readonly encode: (message: unknown) => Parts;
  readonly count: TrafficCount;
  readonly capture: ((parts: Parts) => void) | undefined;
}

/** Forwards one way: a consumer of what one socket receives that writes to another, and has room while that one has. */
export class ProxyFlow implements Handlers<unknown>, RoomListener, PendingSend {
  readonly isPatient = true;
  before: PendingSend | undefined;
  after: PendingSend | undefined;
  /** The message that found no room although there seemed to be some; the only one, as nothing is read meanwhile. */
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
      count.dropped += 1; // its sender cannot be told
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

  /** What was read is still sent: nobody else has it. */
  finalize(): void {
    this.#way.target.sender.unlisten(this);
  }

  // As one who waits for room, and as the message that does.

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
