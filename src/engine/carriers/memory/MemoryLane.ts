import { ByteRing } from './ByteRing.js';

/** The writer of a lane. It is called during calls of other objects, so it must react later. */
export interface LaneWriter {
  /** The lane now contains everything that did not fit before. */
  drained(): void;
}

/** The reader of a lane. Called as {@link LaneWriter}. */
export interface LaneReader {
  /** There may be bytes to read, or the lane has ended. */
  arrived(): void;
  /** Bytes arrived after it abandoned the lane. */
  bothered(): void;
}

/** How a lane ends: in order, or by a reset. */
export type LaneEnd = 'fin' | 'reset';

/**
 * One direction of a connection in memory, with the buffers that the kernels of both sides would have: written bytes wait for the
 * reader, and the writer waits while the lane is full. Bytes are copied when they enter; then their memory belongs to the writer again.
 */
export class MemoryLane {
  readonly #writer: LaneWriter;
  readonly #reader: LaneReader;
  /** Calls back once something that is sent now has arrived. */
  readonly #travel: (arrive: () => void) => void;
  /** The bytes that have arrived, followed by those in flight. */
  readonly #ring: ByteRing;
  /** How many of them have arrived, and how many would have arrived without a stall. */
  #arrived = 0;
  #due = 0;
  #stalled = false;
  #end: LaneEnd | undefined;
  #endDue: LaneEnd | undefined;
  #endArrived: LaneEnd | undefined;
  /** The written segments; those from a segment and an offset in it wait for space. */
  #segments: readonly Uint8Array[] = [];
  #segment = 0;
  #offset = 0;
  /** Its reader is gone. */
  #dead = false;

  constructor(bufferBytes: number, travel: (arrive: () => void) => void, writer: LaneWriter, reader: LaneReader) {
    this.#ring = new ByteRing(bufferBytes);
    this.#travel = travel;
    this.#writer = writer;
    this.#reader = reader;
  }

  /** How many bytes can be read. */
  get readable(): number {
    return this.#arrived;
  }

  /** How the lane ended, as far as its reader can know. */
  get end(): LaneEnd | undefined {
    return this.#endArrived;
  }

  /** How many written bytes wait for space. */
  get waiting(): number {
    let bytes = -this.#offset;
    for (let i = this.#segment; i < this.#segments.length; i += 1) bytes += this.#segments[i]!.length;
    return Math.max(0, bytes);
  }

  /** Whether everything that was written is in the lane. */
  get settled(): boolean {
    return this.#segment === this.#segments.length;
  }

  /** Writes segments. `false`: they must not change until `drained`. */
  write(segments: readonly Uint8Array[]): boolean {
    this.#segments = segments;
    this.#segment = this.#offset = 0;
    this.#enter();
    return this.settled;
  }

  /** Ends the lane. Bytes that are not in it yet are dropped. */
  close(end: LaneEnd): void {
    if (this.#end === end || this.#end === 'reset') return;
    this.#end = end;
    this.#segments = [];
    this.#segment = 0;
    this.#travel(() => {
      this.#endDue = end;
      this.#arrive();
    });
  }

  /** Moves as many bytes as can be read and fit to the start of a target; returns how many. */
  read(target: Uint8Array): number {
    const count = Math.min(target.length, this.#arrived);
    this.#ring.shift(target, count);
    this.#arrived -= count;
    this.#due -= count;
    if (!this.settled) {
      this.#enter();
      if (this.settled) this.#writer.drained();
    }
    return count;
  }

  /** The reader is gone; its unread bytes are dropped. */
  abandon(): void {
    this.#dead = true;
    this.#ring.clear();
    this.#due -= this.#arrived;
    this.#arrived = 0;
  }

  /** From now on nothing arrives. */
  stall(): void {
    this.#stalled = true;
  }

  release(): void {
    this.#stalled = false;
    this.#arrive();
  }

  #enter(): void {
    let entered = 0;
    for (; this.#segment < this.#segments.length; this.#segment += 1, this.#offset = 0) {
      const segment = this.#segments[this.#segment]!;
      const count = this.#dead ? segment.length : this.#ring.push(segment, this.#offset);
      entered += count;
      this.#offset += count;
      if (this.#offset < segment.length && !this.#dead) break; // it is full
    }
    if (entered === 0) return;
    this.#travel(() => {
      this.#due += entered;
      this.#arrive();
    });
  }

  #arrive(): void {
    if (this.#stalled) return;
    if (this.#dead) {
      if (this.#due > 0) this.#reader.bothered();
      this.#due = 0;
      return;
    }
    this.#arrived = this.#due;
    this.#endArrived = this.#endDue;
    this.#reader.arrived();
  }
}
