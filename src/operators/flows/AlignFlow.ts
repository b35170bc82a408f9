import { Delivery } from '../../demand/Delivery.js';
import type { Gate } from '../../demand/Gate.js';
import { retell } from '../../basics/retell.js';
import { OverflowError } from '../../errors.js';
import type { Frame } from '../../frame/types.js';
import { AlignSide } from './AlignSide.js';
import { callerContext } from '../../basics/callerContext.js';
import type { Clock } from '../../time/Clock.js';
import { Deadline } from '../../time/Deadline.js';
import type { Handlers } from '../../rx/operate.js';
import type { Outlet } from '../../rx/Outlet.js';

/** Two frames of the same time. */
export type Pair = [first: Frame, second: Frame];

interface AlignSettings {
  readonly jitterMs: number;
  readonly maxBuffered: number;
  readonly stallMs: number;
}

/** One subscription of `align`. */
export class AlignFlow {
  readonly #settings: AlignSettings;
  readonly #context = callerContext();
  readonly #first: AlignSide<Pair>;
  readonly #second: AlignSide<Pair>;
  #originNs: bigint | undefined;
  #sequence = 0;
  /** The position at which the next pair begins, if no sample is left out in between. */
  #next = NaN;
  /** Whether the last frame was emitted in response to demand: if so, the same is true of its pairs. */
  #governed = true;
  #busy = false;
  #done = false;
  readonly #stall: Deadline;
  /** The input that is full and held back while the other is empty. */
  #full: AlignSide<Pair> | undefined;

  constructor(settings: AlignSettings, clock: Clock) {
    this.#settings = settings;
    this.#stall = new Deadline(clock, () => this.#stalled());
    this.#first = new AlignSide(settings.jitterMs);
    this.#second = new AlignSide(settings.jitterMs);
  }

  /** One of the two inputs: the handlers of a consumer. */
  input(isFirst: boolean, out: Outlet<Pair>, gate: Gate): Handlers<Frame> {
    const [own, other] = isFirst ? [this.#first, this.#second] : [this.#second, this.#first];
    own.out = out;
    own.gate = gate;
    if (this.#done) out.complete();
    return {
      next: (frame, governed) => {
        if (!governed && own.size >= this.#settings.maxBuffered) throw this.#overflow(own);
        this.#originNs ??= frame.timestampNs;
        own.push(frame, this.#originNs);
        this.#governed = governed;
        this.#join();
        if (own.size >= this.#settings.maxBuffered && other.size === 0) this.#watch(own, other);
      },
      complete: () => {
        own.ended = true;
        this.#join();
      },
      hasRoom: () => own.size < this.#settings.maxBuffered,
      finalize: () => {
        this.#stall.close();
        own.clear();
      },
    };
  }

  /** Emits what both inputs have. */
  #join(): void {
    if (this.#busy || this.#done) return;
    this.#busy = true;
    while (this.#first.out?.closed === false && this.#step()) {
      this.#first.pass();
      this.#second.pass();
    }
    this.#busy = false;
    const isOver = [this.#first, this.#second].some(({ ended, size }) => ended && size === 0);
    if (!isOver) return;
    this.#done = true;
    this.#stall.close();
    this.#first.out?.complete();
    this.#second.out?.complete();
  }

  /** Leaves out samples that only one input has, emits one pair, or joins frames that are too short; `false`: there is nothing to do. */
  #step(): boolean {
    const [first, second] = [this.#first.head, this.#second.head];
    if (first === undefined || second === undefined) return false;
    const [rate, otherRate] = [first.frame.sampleRate, second.frame.sampleRate];
    const early = inSamples(second.at, otherRate, rate) - first.at;
    if (early > 0) return this.#skip(this.#first, early, this.#second);
    const otherEarly = inSamples(first.at, rate, otherRate) - second.at;
    if (otherEarly > 0) return this.#skip(this.#second, otherEarly, this.#first);

    const [end, otherEnd] = [first.at + first.count, second.at + second.count];
    const count = Math.min(first.count, inSamples(otherEnd, otherRate, rate) - first.at);
    const otherCount = Math.min(second.count, inSamples(end, rate, otherRate) - second.at);
    // nothing for one of them: the other ends within its sample
    if (count <= 0) return this.#second.merge();
    if (otherCount <= 0) return this.#first.merge();

    if (first.at !== this.#next && !Number.isNaN(this.#next)) this.#sequence += 1; // so that consumers see the gap
    this.#next = first.at + count;
    const sequence = this.#sequence;
    this.#sequence += 1;
    const delivery = Delivery.join(first.delivery?.hold() ?? null, second.delivery?.hold() ?? null);
    const pair: Pair = [this.#first.take(count, sequence), this.#second.take(otherCount, sequence)];
    this.#first.out?.next(pair, this.#governed, delivery);
    delivery?.done();
    return true;
  }

  /** Leaves out samples that come before those of the other input, unless that has later ones of an earlier time. */
  #skip(side: AlignSide<Pair>, count: number, other: AlignSide<Pair>): boolean {
    if (other.isOutdated) other.skip(Infinity);
    else side.skip(count);
    return true;
  }

  /** One input is full and held back, and the other is empty: if that does not end within the time-out, it never will. */
  #watch(full: AlignSide<Pair>, other: AlignSide<Pair>): void {
    if (this.#full !== undefined || this.#settings.stallMs === Infinity) return;
    this.#full = full;
    other.moved = false;
    this.#stall.set(this.#settings.stallMs);
  }

  #stalled(): void {
    const full = this.#full!;
    const other = full === this.#first ? this.#second : this.#first;
    this.#full = undefined;
    if (full.size < this.#settings.maxBuffered || other.size > 0) return;
    const { out } = full;
    const isHeld = out?.demand?.hasRoom() === false; // by the consumer: neither input can go on
    if (other.moved || isHeld) this.#watch(full, other);
    else this.#context.runInAsyncScope(() => out?.error(this.#overflow(full)));
  }

  #overflow(full: AlignSide<Pair>): OverflowError {
    const { maxBuffered } = this.#settings;
    const error = new OverflowError(maxBuffered, 'align');
    const [which, other] = full === this.#first ? ['first', 'second'] : ['second', 'first'];
    retell(error, `align: more than ${maxBuffered} frames of the ${which} input would wait for the ${other} one`);
    return error;
  }
}

/** Converts a position in one stream to a position in a stream of another rate: the sample that begins or lasts there. */
function inSamples(at: number, rate: number, otherRate: number): number {
  return rate === otherRate ? at : Math.floor((at * otherRate) / rate);
}
