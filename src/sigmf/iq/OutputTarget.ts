import type { ByteTarget } from './ByteTarget.js';

/** The standard output of the process. It is never closed: other code may write to it. */
export class OutputTarget implements ByteTarget {
  /** A pipe whose reader has ended also emits an error event. */
  readonly #heard = (): void => undefined;

  async open(): Promise<void> {
    process.stdout.on('error', this.#heard);
    return Promise.resolve();
  }

  write(bytes: Uint8Array, wrote: (count: number) => void): Promise<void> {
    return new Promise((resolve, reject) => {
      process.stdout.write(bytes, (error) => {
        if (error) {
          reject(error);
          return;
        }
        wrote(bytes.length);
        resolve();
      });
    });
  }

  async rewriteStart(): Promise<void> {
    // bytes written to a pipe cannot be kept
  }

  async close(): Promise<void> {
    process.stdout.off('error', this.#heard);
    return Promise.resolve();
  }
}
