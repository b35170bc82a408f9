import { ByteRing } from './ByteRing.js';

/** Who writes to a lane. Calls come from within those of others: it is to answer later. */
export interface LaneWriter {
  /** All of what did not fit is in the lane. */
  drained(): void;
}

/** Who reads from a lane. As {@link LaneWriter}. */
export interface LaneReader {
  /** There may be something to read, or the end. */
  arrived(): void;
  /** Bytes arrived after it abandoned the lane. */
  bothered(): void;
}

/** How a lane ends: in good order, or torn off. */
export type LaneEnd = 'fin' | 'reset';

/**
 * One direction of a connection in memory, with all that the kernels of both sides would hold of it: what was written waits for its
 * reader, and when there is no room the writer waits. Bytes are copied when they enter: their memory is the writer's again.
 */
export class MemoryLane {
  readonly #writer: LaneWriter;
  readonly #reader: LaneReader;
  /** Calls back once what leaves now has arrived. */
  readonly #travel: (arrive: () => void) => void;
  /** What has arrived, and what is under way behind it. */
  readonly #ring: ByteRing;
  /** How much of it has arrived, and how much would have, were it not for a stall. */
  #arrived = 0;
  #due = 0;
  #stalled = false;
  #end: LaneEnd | undefined;
  #endDue: LaneEnd | undefined;
  #endArrived: LaneEnd | undefined;
  /** What was written; from a segment and an offset in it on, it waits for room. */
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

  /** How it ended, as far as its reader can know. */
  get end(): LaneEnd | undefined {
    return this.#endArrived;
  }

  /** How many bytes that were written wait for room. */
  get waiting(): number {
    let bytes = -this.#offset;
    for (let i = this.#segment; i < this.#segments.length; i += 1) bytes += this.#segments[i]!.length;
    return Math.max(0, bytes);
  }

  /** Whether all that was written is in the lane. */
  get settled(): boolean {
    return this.#segment === this.#segments.length;
  }

  /** Writes segments. `false`: they must stand until `drained`. */
  write(segments: readonly Uint8Array[]): boolean {
    this.#segments = segments;
    this.#segment = this.#offset = 0;
    this.#enter();
    return this.settled;
  }

  /** Nothing comes after this. What is not in the lane is dropped. */
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

  /** Moves the first bytes, so many as can be read and fit, to the start of a target; says how many. */
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

  /** Its reader is gone, and what it could have read as well. */
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
