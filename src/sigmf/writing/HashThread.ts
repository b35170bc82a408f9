import { createHash, type Hash } from 'node:crypto';
import { Worker } from 'node:worker_threads';

/** A step of a hash: the next bytes, how many of the last bytes count, or the end. */
type Step =
  | { readonly kind: 'add'; readonly bytes: Uint8Array }
  | { readonly kind: 'keep'; readonly count: number }
  | { readonly kind: 'digest' };

/** A caller that waits for an answer. */
interface Pending {
  resolve(text: string): void;
  reject(error: Error): void;
}

/** A text, not a file, as bundlers move files. */
const program = `
  const { createHash } = require('node:crypto');
  const { parentPort } = require('node:worker_threads');
  let hash = createHash('sha512');
  let before = hash;
  let last;
  parentPort.on('message', (step) => {
    if (step.kind === 'add') {
      before = hash.copy();
      hash.update((last = step.bytes));
    } else if (step.kind === 'keep') {
      hash = before.update(last.subarray(0, step.count));
    }
    parentPort.postMessage(step.kind === 'digest' ? hash.digest('hex') : '');
  });
`;

/** The SHA-512 of the written data, computed in a separate thread: it takes longer than writing, and would block the event loop. */
export class HashThread {
  readonly #worker: Worker | undefined;
  /** Used where threads are not available. */
  #hash: Hash | undefined;
  #before: Hash | undefined;
  #last: Uint8Array | undefined;
  #pending: Pending | undefined;
  #failure: Error | undefined;

  constructor() {
    try {
      this.#worker = new Worker(program, { eval: true, name: 'sha512', execArgv: [] });
    } catch {
      this.#hash = createHash('sha512');
      return;
    }
    this.#worker.unref();
    this.#worker.on('message', (text: string) => this.#settle()?.resolve(text));
    this.#worker.on('error', (error) => this.#fail(error));
    this.#worker.on('exit', (code) => this.#fail(new Error(`the thread of the SHA-512 has ended with ${code}`)));
  }

  /** Adds bytes, which must be on shared memory and not change until the Promise resolves; `keep` reads the last ones again. */
  async add(bytes: Uint8Array): Promise<void> {
    await this.#ask({ kind: 'add', bytes });
  }

  /** Only this many of the bytes that were added last count. */
  async keep(count: number): Promise<void> {
    await this.#ask({ kind: 'keep', count });
  }

  async digest(): Promise<string> {
    return this.#ask({ kind: 'digest' });
  }

  close(): void {
    this.#pending = undefined;
    void this.#worker?.terminate();
  }

  #ask(step: Step): Promise<string> {
    if (this.#worker === undefined) return Promise.resolve(this.#here(step));
    return new Promise((resolve, reject) => {
      if (this.#failure !== undefined) {
        reject(this.#failure);
        return;
      }
      this.#pending = { resolve, reject };
      this.#worker?.ref();
      this.#worker?.postMessage(step);
    });
  }

  #here(step: Step): string {
    if (step.kind === 'digest') return this.#hash!.digest('hex');
    if (step.kind === 'add') {
      this.#before = this.#hash!.copy();
      this.#last = step.bytes;
      this.#hash!.update(step.bytes);
    } else {
      this.#hash = this.#before!.update(this.#last!.subarray(0, step.count));
    }
    return '';
  }

  #settle(): Pending | undefined {
    const pending = this.#pending;
    this.#pending = undefined;
    this.#worker?.unref();
    return pending;
  }

  #fail(error: Error): void {
    this.#failure ??= error;
    this.#settle()?.reject(this.#failure);
  }
}
