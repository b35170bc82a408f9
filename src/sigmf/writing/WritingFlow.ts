import { callerContext } from '../../basics/callerContext.js';
import type { Delivery } from '../../demand/Delivery.js';
import type { Gate } from '../../demand/Gate.js';
import { requireRoom } from '../../demand/overflow.js';
import { run } from '../../demand/run.js';
import { takeDelivery } from '../../demand/takeDelivery.js';
import type { Frame } from '../../frame/types.js';
import type { Handlers } from '../../rx/operate.js';
import type { Outlet } from '../../rx/Outlet.js';
import { warn } from '../../basics/warn.js';
import { requireRealTime } from '../../time/VirtualTime.js';
import { Batch } from './Batch.js';
import { keepInput } from './keepInput.js';
import type { Recorder, Track } from './Track.js';

/** How many bytes may be queued while others are being written. */
const MARK_BYTES = 1024 * 1024;

interface WritingSettings {
  readonly of: string;
  readonly path: string;
  readonly maxBuffered: number;
}

/** A value that waits until the one before it has its place. */
interface Kept {
  readonly input: unknown;
  readonly governed: boolean;
  readonly delivery: Delivery | null;
}

/** One subscription of a sink that writes files: one batch is being written, and one is filled meanwhile. */
export class WritingFlow implements Handlers<unknown> {
  readonly #settings: WritingSettings;
  readonly #recorder: Recorder;
  readonly #out: Outlet<Frame>;
  readonly #gate: Gate;
  readonly #context = callerContext();
  /** Batches that are not being written yet; the last one is still being filled. There is more than one only if the track has changed. */
  #batches: Batch[] = [];
  #track: Track | undefined;
  /** The recorder is taking a frame, and may be calling a function of the caller, which may send more, or end the input. */
  #taking = false;
  /** Frames that came meanwhile: their turn comes once that frame has its place. */
  #meanwhile: Kept[] = [];
  #spare: Uint8Array | undefined;
  #waitingBytes = 0;
  #waitingValues = 0;
  #ready = false;
  #busy = true;
  #completed = false;
  #over = false;

  constructor(settings: WritingSettings, recorder: Recorder, out: Outlet<Frame>, gate: Gate) {
    requireRealTime(`${settings.of}: a file`);
    this.#settings = settings;
    this.#recorder = recorder;
    this.#out = out;
    this.#gate = gate;
    void this.#begin();
  }

  hasRoom(): boolean {
    return this.#ready && this.#waitingBytes < MARK_BYTES && this.#meanwhile.length === 0;
  }

  next(input: unknown, governed: boolean): void {
    const { of, maxBuffered } = this.#settings;
    const waiting = this.#waitingValues + this.#meanwhile.length;
    if (!governed && !this.hasRoom()) requireRoom({ of }, waiting, maxBuffered);
    if (this.#taking) {
      this.#meanwhile.push({ input: keepInput(input), governed, delivery: takeDelivery() });
      return;
    }
    this.#taking = true;
    try {
      this.#take(input, governed, takeDelivery);
      for (let next = this.#meanwhile.shift(); next !== undefined; next = this.#meanwhile.shift()) {
        const { delivery } = next;
        if (!this.#take(next.input, next.governed, () => delivery)) delivery?.done();
      }
    } finally {
      this.#meanwhile = []; // after an error
      this.#taking = false;
      void this.#work();
    }
  }

  complete(): void {
    this.#completed = true;
    void this.#work();
  }

  finalize(): void {
    this.#over = true;
    void this.#work(); // accepted frames are still written
  }

  /** @returns `false`: it is left out */
  #take(input: unknown, governed: boolean, deliveryOf: () => Delivery | null): boolean {
    const taken = this.#recorder.take(input);
    if (taken === undefined) return false;
    let batch = this.#batches.at(-1);
    if (batch?.track !== taken.track) {
      batch = new Batch(taken.track, this.#spare);
      this.#spare = undefined;
      this.#batches.push(batch);
    }
    const before = batch.numBytes;
    batch.add(taken, governed, deliveryOf());
    this.#waitingBytes += batch.numBytes - before;
    this.#waitingValues += 1;
    return true;
  }

  async #begin(): Promise<void> {
    try {
      await this.#recorder.prepare();
    } catch (error) {
      this.#batches = [];
      this.#notify(() => this.#out.error(error));
      return;
    }
    this.#ready = true;
    this.#busy = false;
    this.#notify(() => this.#gate.pass());
    await this.#work();
  }

  /** Writes until the queue is empty; then, if the input has ended, closes the files. Only one call runs at a time, and none while a frame is taken. */
  async #work(): Promise<void> {
    if (this.#busy || this.#taking) return;
    this.#busy = true;
    try {
      for (let batch = this.#batches.shift(); batch !== undefined; batch = this.#batches.shift()) {
        this.#waitingBytes -= batch.numBytes;
        this.#waitingValues -= batch.numValues;
        await this.#write(batch);
      }
      if (!this.#completed && !this.#over) {
        this.#busy = false;
        return;
      }
      await this.#end();
      this.#notify(() => this.#out.complete());
    } catch (error) {
      this.#batches = [];
      if (this.#over) warn(`${this.#settings.of} ${this.#settings.path}, after it was unsubscribed: ${String(error)}`);
      else this.#notify(() => this.#out.error(error));
      await this.#track?.close().catch(() => undefined); // it has reported its error already
    }
  }

  async #write(batch: Batch): Promise<void> {
    const { track } = batch;
    if (track !== this.#track) {
      await this.#track?.close();
      await track.open();
      this.#track = track;
    }
    const before = track.bytesWritten;
    try {
      await track.write(batch.bytes, batch.notes);
    } finally {
      this.#written(batch, track.bytesWritten - before);
      this.#spare = batch.memory;
    }
  }

  #written(batch: Batch, bytes: number): void {
    this.#notify(() => {
      for (const { frame, governed, delivery } of batch.within(bytes)) {
        this.#out.next(frame, governed, delivery);
        delivery?.done();
      }
      this.#gate.pass();
    });
  }

  async #end(): Promise<void> {
    const track = this.#track;
    this.#track = undefined;
    await track?.close();
    await this.#recorder.finish();
  }

  #notify(notify: () => void): void {
    if (!this.#over) run(() => this.#context.runInAsyncScope(notify));
  }
}
