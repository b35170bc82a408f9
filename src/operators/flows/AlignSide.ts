import { Delivery } from '../../demand/Delivery.js';
import type { Gate } from '../../demand/Gate.js';
import { takeDelivery } from '../../demand/takeDelivery.js';
import { FrameError } from '../../samples/FrameError.js';
import type { Frame } from '../../frame/types.js';
import { frameOver } from '../../frame/frameOver.js';
import { newSamples } from '../../samples/newSamples.js';
import type { Outlet } from '../../rx/Outlet.js';
import { Queue } from '../../basics/Queue.js';
import { requireFrame } from '../../frame/requireFrame.js';
import { isRate, SampleTime } from '../../frame/SampleTime.js';
import { describe } from '../../basics/describe.js';

/** The rest of a frame: `count` samples from `offset`; the first of them is sample `at` of its stream. */
interface Piece {
  frame: Frame;
  readonly elements: number;
  offset: number;
  at: number;
  count: number;
  /** Its clock was set back before it. */
  isSetBack: boolean;
  /** The delivery that its frames belong to. */
  delivery: Delivery | null;
}

/**
 * Where a frame begins so much before the end of the one before, in ms, the clock of its sender was set back. Less says nothing: some
 * senders stamp frames when they send them, after a pause many at once.
 */
const SET_BACK_MS = 1000;

/** One input of `align`: the frames that wait there for the other input, with their positions in time. */
export class AlignSide<P> {
  /** Its own output to the consumer, once it is subscribed. */
  out: Outlet<P> | undefined;
  gate: Gate | undefined;
  ended = false;
  /** Whether a frame has arrived since the last check. */
  moved = false;
  /** How many places became free without the source being notified yet: the consumer is called first. */
  #freed = 0;
  readonly #jitterMs: number;
  readonly #pieces = new Queue<Piece>();
  #last: Frame | undefined;
  #time: SampleTime | undefined;
  #timeRate = 0;
  /** The position where the last frame ended. */
  #end = 0;
  /** How many pieces behind the first are stamped by a clock that was set back before them. */
  #setBacks = 0;

  constructor(jitterMs: number) {
    this.#jitterMs = jitterMs;
  }

  get size(): number {
    return this.#pieces.size;
  }

  /** The first piece of the queue. */
  get head(): Piece | undefined {
    return this.#pieces.peek();
  }

  /** Whether the first piece is stamped by a clock that was set back since: its time may be far ahead, and never come. */
  get isOutdated(): boolean {
    return this.#setBacks > 0;
  }

  /** @param originNs the time of sample 0, from which both inputs count */
  push(frame: Frame, originNs: bigint): void {
    const { elementsPerSample } = requireFrame('align', frame);
    const { sampleRate, samples } = frame;
    if (!isRate(sampleRate)) {
      throw new FrameError('value', `align: sampleRate must be above 0 and finite, got ${describe(sampleRate)}`);
    }
    this.moved = true;
    const count = samples.length / elementsPerSample;
    const at = this.#place(frame, originNs);
    const isSetBack = this.#pieces.size > 0 && at < this.#endAt(sampleRate);
    this.#last = frame;
    this.#end = at + count;
    if (count === 0) return;
    const delivery = takeDelivery();
    if (isSetBack) this.#setBacks += 1;
    this.#pieces.push({ frame, elements: elementsPerSample, offset: 0, at, count, isSetBack, delivery });
  }

  /** Leaves out samples of the first piece. */
  skip(count: number): void {
    const piece = this.#pieces.peek()!;
    const taken = Math.min(count, piece.count);
    piece.offset += taken;
    piece.at += taken;
    piece.count -= taken;
    if (piece.count > 0) return;
    this.#shift();
    piece.delivery?.done();
  }

  /** Notifies the source of the free places. */
  pass(): void {
    for (; this.#freed > 0; this.#freed -= 1) this.gate?.pass();
  }

  /** Takes samples of the first piece, as a frame over the same memory. */
  take(count: number, sequence: number): Frame {
    const { frame, elements, offset } = this.#pieces.peek()!;
    const { sampleType, samples, sampleRate, timestampNs } = frame;
    const whole = count * elements === samples.length;
    const view = whole ? samples : samples.subarray(offset * elements, (offset + count) * elements);
    if (offset > 0 && sampleRate !== this.#timeRate) {
      this.#time = new SampleTime(sampleRate);
      this.#timeRate = sampleRate;
    }
    const time = offset === 0 ? timestampNs : this.#time!.at(timestampNs, offset);
    this.skip(count);
    return frameOver(frame, sampleType, view, count, sequence, time);
  }

  /**
   * Joins the first piece with the second, as it is too short for one sample of the other input. If the second does not follow
   * it, the first is left out.
   *
   * @returns whether anything has changed
   */
  merge(): boolean {
    const first = this.#pieces.peek()!;
    if (this.#pieces.size === 1 && !this.ended) return false; // the second has not arrived yet
    this.#shift();
    const second = this.#pieces.peek();
    if (second?.at === first.at + first.count && isAlike(second.frame, first.frame)) glue(first, second);
    else first.delivery?.done();
    return true;
  }

  clear(): void {
    this.#pieces.clear();
    this.#setBacks = 0;
  }

  #shift(): void {
    this.#pieces.shift();
    this.#freed += 1;
    if (this.#pieces.peek()?.isSetBack === true) this.#setBacks -= 1;
  }

  /**
   * The position of a frame: by its time, or, if sequence number and time go on (within `jitterMs`), right after the frame before. It
   * never begins before the end of that, unless its clock was set back.
   */
  #place(frame: Frame, originNs: bigint): number {
    const { sampleRate, timestampNs, sequence } = frame;
    const byTime = Math.round((Number(timestampNs - originNs) * sampleRate) / 1e9);
    const last = this.#last;
    if (last === undefined) return byTime;
    const end = this.#endAt(sampleRate);
    const goesOn =
      sampleRate === last.sampleRate &&
      sequence === last.sequence + 1 &&
      frame.streamId === last.streamId &&
      frame.peer === last.peer &&
      Math.abs(byTime - end) <= (this.#jitterMs * sampleRate) / 1000;
    if (goesOn) return end;
    return end - byTime > (Math.max(this.#jitterMs, SET_BACK_MS) * sampleRate) / 1000 ? byTime : Math.max(byTime, end);
  }

  /** Where the last frame ended, in samples of this rate. */
  #endAt(sampleRate: number): number {
    const rate = this.#last?.sampleRate ?? sampleRate;
    return rate === sampleRate ? this.#end : Math.ceil((this.#end * sampleRate) / rate);
  }
}

const isAlike = (one: Frame, other: Frame): boolean =>
  one.sampleRate === other.sampleRate && one.sampleType === other.sampleType && one.centerFreq === other.centerFreq;

/** Joins the samples of two pieces. */
function glue({ frame, elements, offset, at, count, delivery }: Piece, to: Piece): void {
  const samples = newSamples(frame.sampleType, (count + to.count) * elements);
  samples.set(frame.samples.subarray(offset * elements, (offset + count) * elements));
  samples.set(to.frame.samples.subarray(to.offset * elements, (to.offset + to.count) * elements), count * elements);
  const timestampNs = new SampleTime(frame.sampleRate).at(frame.timestampNs, offset);
  to.frame = frameOver(frame, frame.sampleType, samples, count + to.count, frame.sequence, timestampNs);
  to.offset = 0;
  to.at = at;
  to.count += count;
  to.delivery = Delivery.join(delivery, to.delivery);
}
