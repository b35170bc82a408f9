import type { Subscriber } from 'rxjs';
import { Delivery } from '../../demand/Delivery.js';
import { takeDelivery } from '../../demand/takeDelivery.js';
import { within } from '../../demand/within.js';
import type { SampleTypeInfo } from '../../samples/sampleTypes.js';
import type { SampleType, SamplesByType } from '../../samples/types.js';
import type { Frame } from '../../frame/types.js';
import { follows } from './follows.js';
import { frameOver } from '../../frame/frameOver.js';
import { newSamples } from '../../samples/newSamples.js';
import { Queue } from '../../basics/Queue.js';
import { requireFrame } from '../../frame/requireFrame.js';
import { isRate, SampleTime } from '../../frame/SampleTime.js';
import { MAX_STREAMS, StreamTable } from '../../frame/StreamTable.js';
import type { Passing } from '../../rx/transparent.js';

type Samples = SamplesByType[SampleType];

/** The state of one stream: the next expected sequence number, and that of its next block. */
interface Stream {
  next: number;
  block: number;
}

/** One subscription of `reblock`. */
export class ReblockFlow implements Passing<Frame> {
  readonly #size: number;
  readonly #out: Subscriber<Frame>;
  readonly #streams = new StreamTable<Stream>(MAX_STREAMS, () => ({ next: -1, block: 0 }));
  /** The frames that arrived while a block was being emitted. */
  readonly #waiting = new Queue<{ readonly frame: Frame; readonly delivery: Delivery | null }>();
  #busy = false;
  #completed = false;
  /** The frame before, and its stream. */
  #last: Frame | undefined;
  #stream: Stream = { next: -1, block: 0 };
  /** The first frame of the open block, and the samples of the block: a view of that frame, or memory for a whole block. */
  #lead: Frame | undefined;
  #open: Samples | undefined;
  #length = 0;
  #owned = false;
  /** The delivery of the frames in the block. */
  #delivery: Delivery | null = null;
  /** The start of the run from which timestamps are counted, and its samples up to the open block. */
  #startNs = 0n;
  #time: SampleTime | undefined;
  #counted = 0;

  constructor(size: number, out: Subscriber<Frame>) {
    this.#size = size;
    this.#out = out;
  }

  next(frame: Frame): void {
    this.#waiting.push({ frame, delivery: takeDelivery() });
    this.#drain();
  }

  complete(): void {
    this.#completed = true;
    this.#drain();
  }

  finalize(): void {
    this.#waiting.clear();
    this.#last = this.#lead = this.#open = undefined;
    this.#delivery = null;
  }

  /** A consumer may feed the source while it gets a block: those frames are handled afterwards. */
  #drain(): void {
    if (this.#busy) return;
    this.#busy = true;
    try {
      while (this.#waiting.size > 0 && !this.#out.closed) {
        const { frame, delivery } = this.#waiting.shift()!;
        this.#take(frame, delivery);
        delivery?.done();
      }
      if (this.#completed && !this.#out.closed) {
        this.#flush();
        this.#out.complete();
      }
    } finally {
      this.#busy = false;
    }
  }

  #take(frame: Frame, delivery: Delivery | null): void {
    const info = requireFrame('reblock', frame);
    if (!this.#goesOn(frame)) this.#begin(frame);
    this.#stream.next = frame.sequence + 1;
    this.#last = frame;
    const { samples } = frame;
    const full = this.#size * info.elementsPerSample;
    let at = 0;
    if (this.#length > 0) {
      at = Math.min(full - this.#length, samples.length);
      this.#append(samples, at, full);
      this.#keep(delivery);
      if (this.#length < full) return;
      this.#emit(this.#open as Samples, info);
    }
    for (; samples.length - at >= full && !this.#out.closed; at += full) {
      this.#lead = frame;
      this.#keep(delivery);
      this.#emit(samples.length === full ? samples : samples.subarray(at, at + full), info);
    }
    if (at === samples.length || this.#out.closed) return;
    this.#lead = frame;
    this.#open = at === 0 ? samples : samples.subarray(at);
    this.#length = this.#open.length;
    this.#owned = false;
    this.#keep(delivery);
  }

  /** A frame is part of the open block. */
  #keep(delivery: Delivery | null): void {
    this.#delivery = Delivery.join(this.#delivery, delivery?.hold() ?? null);
  }

  /** Whether the samples of a frame follow those of the frame before. */
  #goesOn(frame: Frame): boolean {
    const last = this.#last;
    return (
      last !== undefined &&
      frame.streamId === last.streamId &&
      frame.peer === last.peer &&
      frame.sampleType === last.sampleType &&
      Object.is(frame.sampleRate, last.sampleRate) &&
      Object.is(frame.centerFreq, last.centerFreq) &&
      follows(frame, this.#stream.next)
    );
  }

  /** Starts a new run: its samples are not joined with those before. */
  #begin(frame: Frame): void {
    this.#flush();
    const stream = this.#streams.of(frame.peer, frame.streamId);
    // skips a number, so that consumers of the blocks see the gap too
    if (stream.next >= 0 && !follows(frame, stream.next)) stream.block += 1;
    this.#stream = stream;
    this.#time = isRate(frame.sampleRate) ? new SampleTime(frame.sampleRate) : undefined;
    this.#startNs = frame.timestampNs;
    this.#counted = 0;
  }

  #append(samples: Samples, count: number, full: number): void {
    const open = this.#open as Samples;
    if (!this.#owned) {
      const block = newSamples(this.#last!.sampleType, full);
      block.set(open);
      this.#open = block;
      this.#owned = true;
    }
    this.#open!.set(count === samples.length ? samples : samples.subarray(0, count), this.#length);
    this.#length += count;
  }

  #flush(): void {
    if (this.#length === 0) return;
    const open = this.#open as Samples;
    this.#emit(
      open.length === this.#length ? open : open.subarray(0, this.#length),
      requireFrame('reblock', this.#lead),
    );
  }

  #emit(samples: Samples, info: SampleTypeInfo): void {
    const lead = this.#lead as Frame;
    const numSamples = samples.length / info.elementsPerSample;
    // without a sample rate, time cannot be counted: it is that of the frame
    const timestampNs = this.#time ? this.#time.at(this.#startNs, this.#counted) : lead.timestampNs;
    const block = frameOver(lead, info.name, samples, numSamples, this.#stream.block, timestampNs);
    this.#stream.block += 1;
    this.#counted += numSamples;
    this.#lead = this.#open = undefined;
    this.#length = 0;
    const delivery = this.#delivery;
    this.#delivery = null;
    within(delivery, () => this.#out.next(block));
    delivery?.done();
  }
}
