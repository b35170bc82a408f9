import { replaceFile } from '../files/replaceFile.js';
import { writeMeta } from '../metadata/writeMeta.js';
import type { SigmfAnnotation, SigmfCapture, SigmfGlobal } from '../metadata/types.js';

/** The file is written anew when there are so many parts more captures than before: many retunes must not cost their square. */
const GROWN_PARTS = 64;

/** The growing metadata of one recording. The file on the disk is always complete. */
export class MetaFile {
  readonly path: string;
  readonly #of: string;
  readonly #captures: SigmfCapture[] = [];
  readonly #annotations: SigmfAnnotation[] = [];
  #global: SigmfGlobal;
  #writing: Promise<void> | undefined;
  /** Captures and annotations that the file has. */
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

  /** Writes the file if it has changed by enough. It is not waited for; an error comes with the next `settle`. */
  refresh(): void {
    const size = this.#captures.length + this.#annotations.length;
    if (this.#writing || size < this.#written + 1 + this.#written / GROWN_PARTS) return;
    this.#writing = this.#write('quick').then(
      () => {
        this.#writing = undefined;
        if (!this.#settled) this.refresh(); // with what has come meanwhile
      },
      () => undefined, // it stays: the file that is there is whole, and the last write tells what is wrong
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
