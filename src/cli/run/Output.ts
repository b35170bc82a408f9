import type { WriteStream } from 'node:tty';
import { fromEvent, map, take, type Observable } from 'rxjs';

type Stream = Pick<WriteStream, 'write' | 'columns' | 'on' | 'once' | 'off'> & {
  readonly isTTY?: boolean;
  readonly writableNeedDrain?: boolean;
};

const CLEAR_LINE = '\r\x1b[K';

/**
 * What the program writes: results to the standard output, everything else to the standard error. A progress line stands at the bottom
 * of a terminal, and other lines go above it.
 */
export class Output {
  readonly #out: Stream;
  readonly #err: Stream;
  readonly #quiet: boolean;
  #progress = '';

  constructor(out: Stream, err: Stream, quiet = false) {
    this.#out = out;
    this.#err = err;
    this.#quiet = quiet;
  }

  /** Whether someone watches the results. */
  get isTerminal(): boolean {
    return this.#out.isTTY === true;
  }

  /** Whether someone watches the rest. */
  get hasProgress(): boolean {
    return this.#err.isTTY === true && !this.#quiet;
  }

  get columns(): number {
    return this.#err.columns || Number(process.env['COLUMNS']) || 80;
  }

  /** Whether the reader of the results has not read what was written. */
  get isFull(): boolean {
    return this.#out.writableNeedDrain === true;
  }

  /** A line of the results. */
  line(text: string): void {
    this.#above(() => this.#out.write(`${text}\n`));
  }

  /** A line about what happens. */
  readonly note = (text: string): void => {
    if (!this.#quiet) this.error(text);
  };

  /** A line about what went wrong. */
  error(text: string): void {
    this.#above(() => this.#err.write(`rxzmq: ${text}\n`));
  }

  /** Replaces the progress line; nothing, if it is no terminal. */
  progress(text: string): void {
    if (!this.hasProgress) return;
    this.#progress = text.slice(0, Math.max(0, this.columns - 1));
    this.#err.write(CLEAR_LINE + this.#progress);
  }

  /** Emits once the reader has read what was written. */
  readonly drained = (): Observable<void> =>
    fromEvent(this.#out as WriteStream, 'drain').pipe(
      take(1),
      map(() => undefined),
    );

  #above(write: () => void): void {
    if (this.#progress !== '') this.#err.write(CLEAR_LINE);
    write();
    if (this.#progress !== '') this.#err.write(this.#progress);
  }

  /** Takes the progress line away. */
  endProgress(): void {
    if (this.#progress !== '') this.#err.write(CLEAR_LINE);
    this.#progress = '';
  }
}
