import { quantize } from '../../spectrum/SpectrumLine.js';
import type { Band } from './Band.js';

/** One row of the waterfall. */
export interface HistoryRow {
  readonly levels: Uint8Array;
  readonly top: number;
  readonly step: number;
  readonly band: Band;
  /** When it was added, in ms. */
  readonly atMs: number;
}

const MOST_ROWS = 4096;
/** The memory of all rows together, in bytes. */
export const MOST_BYTES = 32 * 1024 * 1024;

/** The past, as rows of levels with one byte a bin. Its memory is limited, and used again. */
export class History {
  readonly #mostBytes: number;
  #rows: HistoryRow[] = [];
  /** Where the next row goes, and where the oldest one is once all places are taken. */
  #next = 0;
  #bytes = 0;
  /** How many rows were ever added. */
  #added = 0;

  constructor(mostBytes = MOST_BYTES) {
    this.#mostBytes = mostBytes;
  }

  get size(): number {
    return this.#rows.length;
  }

  get bytes(): number {
    return this.#bytes;
  }

  get added(): number {
    return this.#added;
  }

  /** Adds the spectrum of now. */
  push(power: ArrayLike<number>, band: Band, atMs: number): void {
    const most = Math.max(1, Math.min(MOST_ROWS, Math.floor(this.#mostBytes / power.length)));
    if (this.#rows.length > most) this.#keepNewest(most);
    else if (this.#rows.length < most && this.#next !== this.#rows.length) this.#keepNewest(this.#rows.length);
    const replaced = this.#rows.length === most ? this.#rows[this.#next % most] : undefined;
    const memory = replaced?.levels.length === power.length ? replaced.levels : new Uint8Array(power.length);
    this.#bytes += memory.length - (replaced?.levels.length ?? 0);
    this.#next %= most;
    this.#rows[this.#next] = { ...quantize(power, 1, memory), band, atMs };
    this.#next = (this.#next + 1) % most;
    this.#added += 1;
  }

  /** A row by its age: 0 is the newest. */
  at(age: number): HistoryRow | undefined {
    const { length } = this.#rows;
    if (age >= length) return undefined;
    return this.#rows[(this.#next - 1 - age + 2 * length) % length];
  }

  clear(): void {
    this.#rows = [];
    this.#next = this.#bytes = 0;
  }

  #keepNewest(count: number): void {
    const kept = Array.from({ length: count }, (_, i) => this.at(count - 1 - i)!);
    this.#rows = kept;
    this.#next = count; // the place after the newest: the first one, if all are taken
    this.#bytes = kept.reduce((sum, { levels }) => sum + levels.length, 0);
  }
}
