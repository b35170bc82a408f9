import { replaceFile } from '../files/replaceFile.js';
import { writeMeta } from '../metadata/writeMeta.js';
import type { SigmfAnnotation, SigmfCapture, SigmfGlobal } from '../metadata/types.js';

/** The file is rewritten when it has grown by one part in 64: the cost of many retunes must not be quadratic. */
const GROWN_PARTS = 64;

/** The growing metadata of one recording. The file on the disk is always complete. */
export class MetaFile {
  readonly path: string;
  readonly #of: string;
  readonly #captures: SigmfCapture[] = [];
  readonly #annotations: SigmfAnnotation[] = [];
  #global: SigmfGlobal;
  #writing: Promise<void> | undefined;
  /** How many captures and annotations the file has. */
  #written = 0;
  #settled = false;

  constructor(of: string, path: string, global: SigmfGlobal) {
    this.#of = of;
    this.path = path;
    this.#global = global;
  }

  addCapture(capture: SigmfCapture): void {
    this.#captures.push(capture);
  }

  addAnnotation(annotation: SigmfAnnotation): void {
    this.#annotations.push(annotation);
  }

  /** Writes the file if it has changed enough. The caller does not wait for it; the next `settle` reports an error. */
  refresh(): void {
    const size = this.#captures.length + this.#annotations.length;
    if (this.#writing || size < this.#written + 1 + this.#written / GROWN_PARTS) return;
    this.#writing = this.#write('quick').then(
      () => {
        this.#writing = undefined;
        if (!this.#settled) this.refresh(); // with the changes that have arrived meanwhile
      },
      () => undefined, // recording goes on: the existing file is complete, and the last write reports the error
    );
  }

  /** Writes the file before anything is recorded. */
  begin(): Promise<void> {
    return this.#write('quick');
  }

  /**
   * Writes the file for the last time.
   *
   * @returns its text
   */
  async settle(fields: Partial<SigmfGlobal>): Promise<string> {
    this.#settled = true;
    await this.#writing;
    this.#global = { ...this.#global, ...fields };
    await this.#write('durable');
    return this.#text();
  }

  async #write(durable: 'durable' | 'quick'): Promise<void> {
    this.#written = this.#captures.length + this.#annotations.length;
    this.#annotations.sort((a, b) => a['core:sample_start'] - b['core:sample_start']);
    await replaceFile(this.#of, this.path, this.#text(), durable);
  }

  #text(): string {
    return writeMeta({ global: this.#global, captures: this.#captures, annotations: this.#annotations });
  }
}
