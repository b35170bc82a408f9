import type { Delivery } from '../../demand/Delivery.js';
import type { Gate } from '../../demand/Gate.js';
import { requireRoom } from '../../demand/overflow.js';
import { takeDelivery } from '../../demand/takeDelivery.js';
import { FrameError } from '../../samples/FrameError.js';
import type { Frame } from '../../frame/types.js';
import { callerContext } from '../../basics/callerContext.js';
import { type Clock, LONGEST_DELAY_MS } from '../../time/Clock.js';
import type { Handlers } from '../../rx/operate.js';
import type { Outlet } from '../../rx/Outlet.js';
import { Queue } from '../../basics/Queue.js';
import { requireFrame } from '../../frame/requireFrame.js';
import { isRate } from '../../frame/SampleTime.js';
import { describe } from '../../basics/describe.js';

/** A longer delay was a pause of the source or the consumer, for which the pace does not make up. */
const MOST_LATE_MS = 100;

interface PaceSettings {
  readonly speed: number;
  readonly sampleRate: number | undefined;
  readonly maxBuffered: number;
}

interface Waiting<F> {
  readonly frame: F;
  /** Whether it was emitted in response to demand. */
  readonly governed: boolean;
  readonly delivery: Delivery | null;
}

/** One subscription of `pace`. */
export class PaceFlow<F extends Frame> implements Handlers<F> {
  readonly #settings: PaceSettings;
  readonly #out: Outlet<F>;
  readonly #gate: Gate;
  readonly #clock: Clock;
  readonly #context = callerContext();
  readonly #waiting = new Queue<Waiting<F>>();
  /** When the run of frames at this rate began, and how many samples it has had, so that rounding errors do not add up. */
  #originMs = NaN;
  #rate = 0;
  #samples = 0;
  /** When the frame before was due. */
  #beforeMs = 0;
  #cancel: (() => void) | undefined;
  #busy = false;
  #completed = false;

  constructor(settings: PaceSettings, out: Outlet<F>, gate: Gate, clock: Clock) {
    this.#settings = settings;
    this.#out = out;
    this.#gate = gate;
    this.#clock = clock;
  }

  hasRoom(): boolean {
    return this.#waiting.size === 0;
  }

  next(frame: F, governed: boolean): void {
    if (!governed && !this.hasRoom()) requireRoom({ of: 'pace' }, this.#waiting.size, this.#settings.maxBuffered);
    this.#rateOf(frame); // this throws before anything waits for a frame that can never be due
    this.#waiting.push({ frame, governed, delivery: takeDelivery() });
    this.#go();
  }

  complete(): void {
    this.#completed = true;
    this.#go();
  }

  finalize(): void {
    this.#cancel?.();
    this.#waiting.clear();
  }

  /** Emits the frames that are due, and waits for the others. */
  #go(): void {
    if (this.#busy || this.#cancel) return;
    this.#busy = true;
    while (!this.#out.closed) {
      if (this.#waiting.size === 0) break;
      const waitMs = this.#waitFor();
      if (waitMs > 0) {
        // eslint-disable-next-line no-restricted-syntax -- the pace of frames
        this.#cancel = this.#clock.after(Math.min(waitMs, LONGEST_DELAY_MS), this.#due);
        break;
      }
      this.#emit();
    }
    this.#busy = false;
    if (this.#completed && this.#waiting.size === 0) this.#out.complete();
  }

  readonly #due = (): void => this.#context.runInAsyncScope(this.#emitDue);

  readonly #emitDue = (): void => {
    this.#cancel = undefined;
    this.#busy = true; // an emitted frame may feed the source
    this.#emit();
    this.#busy = false;
    this.#go();
  };

  #waitFor(): number {
    const now = this.#clock.now();
    if (Number.isNaN(this.#originMs)) this.#originMs = this.#beforeMs = now;
    return this.#dueMs() - now;
  }

  #emit(): void {
    const { frame, governed, delivery } = this.#waiting.shift()!;
    const late = this.#clock.now() - this.#dueMs();
    if (late > MOST_LATE_MS) this.#originMs += late;
    this.#beforeMs = this.#dueMs();
    const rate = this.#rateOf(frame);
    if (rate !== this.#rate) {
      this.#originMs = this.#beforeMs;
      this.#samples = 0;
      this.#rate = rate;
    }
    this.#samples += frame.samples.length / requireFrame('pace', frame).elementsPerSample;
    this.#out.next(frame, governed, delivery);
    delivery?.done();
    this.#gate.pass();
  }

  /** When the first queued frame is due: at the end of the frames before it. */
  #dueMs(): number {
    return this.#originMs + (this.#samples === 0 ? 0 : (this.#samples * 1000) / (this.#rate * this.#settings.speed));
  }

  #rateOf(frame: F): number {
    requireFrame('pace', frame);
    const rate = frame.sampleRate === 0 ? (this.#settings.sampleRate ?? 0) : frame.sampleRate;
    if (isRate(rate)) return rate;
    const hint = rate === 0 ? ': give option sampleRate for frames that do not say it' : '';
    throw new FrameError(
      'value',
      `pace: sampleRate must be above 0 and finite, got ${describe(frame.sampleRate)}${hint}`,
    );
  }
}
