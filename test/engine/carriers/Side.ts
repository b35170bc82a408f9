import type { Carrier, CarrierOptions, Stream, StreamListener } from '../../../src/engine/carriers/Carrier.js';
import { onTestFinished } from 'vitest';

let calls = 0;

/** Calls a carrier or a stream, which must not call back meanwhile. */
export function calling<T>(call: () => T): T {
  calls += 1;
  try {
    return call();
  } finally {
    calls -= 1;
  }
}

/** Hears, keeps, and lets one wait for what it hears. */
export class Ear {
  /** What was heard, in its order. */
  readonly heard: string[] = [];
  #waiting: { readonly condition: () => boolean; readonly resolve: () => void }[] = [];

  hear(what: string): void {
    this.heard.push(calls > 0 ? `${what} within a call` : what);
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const one of waiting) {
      if (one.condition()) one.resolve();
      else this.#waiting.push(one);
    }
  }

  /** Resolves once something that was heard makes it true, or at once. */
  until(condition: () => boolean): Promise<void> {
    if (condition()) return Promise.resolve();
    return new Promise((resolve) => this.#waiting.push({ condition, resolve }));
  }

  untilHeard(what: string, times = 1): Promise<void> {
    return this.until(() => this.heard.filter((one) => one === what).length >= times);
  }
}

/** One side of a connection under test. */
export class Side extends Ear implements StreamListener {
  readonly stream: Stream;
  /** What it gives to read into. */
  memory = new Uint8Array(16_384);
  /** What came, how much, and in which way: 'data' and 'filled' with their counts. */
  readonly chunks: Uint8Array[] = [];
  received = 0;
  readonly reads: (readonly ['data' | 'filled', number])[] = [];
  targets = 0;
  reason: string | undefined;
  error: (Error & { readonly code?: string }) | undefined;
  /** Called with each read, before it is waited for. */
  onRead: (() => void) | undefined;

  constructor(stream: Stream) {
    super();
    this.stream = stream;
    onTestFinished(() => stream.destroy());
  }

  target(): Uint8Array {
    this.targets += 1;
    return this.memory;
  }

  filled(count: number): void {
    this.#read('filled', this.memory.slice(0, count));
  }

  data(chunk: Uint8Array): void {
    this.#read('data', chunk);
  }

  drained(): void {
    this.hear('drained');
  }

  writeFailed(): void {
    this.hear('writeFailed');
  }

  ended(): void {
    this.hear('ended');
  }

  closed(reason: string, error?: Error): void {
    this.reason = reason;
    this.error = error;
    this.hear('closed');
  }

  write(...segments: Uint8Array[]): boolean {
    return calling(() => this.stream.write(segments));
  }

  /** Writes, and waits until all is with the kernel. */
  async send(...segments: Uint8Array[]): Promise<void> {
    const before = this.heard.filter((one) => one === 'drained').length;
    if (!this.write(...segments)) await this.untilHeard('drained', before + 1);
  }

  pause(): void {
    calling(() => this.stream.pause());
  }

  resume(): void {
    calling(() => this.stream.resume());
  }

  end(): void {
    calling(() => this.stream.end());
  }

  destroy(): void {
    calling(() => this.stream.destroy());
  }

  untilReceived(count: number): Promise<void> {
    return this.until(() => this.received >= count);
  }

  /** All that came. */
  get bytes(): Uint8Array {
    const all = new Uint8Array(this.received);
    let at = 0;
    for (const chunk of this.chunks) {
      all.set(chunk, at);
      at += chunk.length;
    }
    return all;
  }

  #read(how: 'data' | 'filled', bytes: Uint8Array): void {
    this.chunks.push(bytes);
    this.received += bytes.length;
    this.reads.push([how, bytes.length]);
    this.onRead?.();
    this.hear('read');
  }
}

/** An address that is listened at, for one test. */
export class Listening extends Ear {
  endpoint = '';
  reason: string | undefined;
  error: (Error & { readonly code?: string }) | undefined;
  readonly sides: Side[] = [];
  readonly #stop: (closed: () => void) => void;

  /** @param accepted called with each accepted side, before it hears anything */
  constructor(carrier: Carrier, endpoint: string, options: CarrierOptions = {}, accepted?: (side: Side) => void) {
    super();
    this.#stop = calling(() =>
      carrier.listen(endpoint, options, {
        listening: (real) => {
          this.endpoint = real;
          this.hear('listening');
        },
        accepted: (stream) => {
          const side = new Side(stream);
          this.sides.push(side);
          accepted?.(side);
          this.hear('accepted');
          return side;
        },
        failed: (reason, error) => {
          this.reason = reason;
          this.error = error;
          this.hear('failed');
        },
      }),
    );
    onTestFinished(() => void this.stop());
  }

  /** Resolves once the address is free; 'closed' is heard then. */
  stop(): Promise<void> {
    return new Promise((resolve) => {
      calling(() =>
        this.#stop(() => {
          this.hear('closed');
          resolve();
        }),
      );
    });
  }

  /** The nth side that was accepted, from 0. */
  async side(index = 0): Promise<Side> {
    await this.untilHeard('accepted', index + 1);
    return this.sides[index]!;
  }
}

/** An attempt to connect, for one test. */
export class Connecting extends Ear {
  side: Side | undefined;
  reason: string | undefined;
  error: (Error & { readonly code?: string }) | undefined;
  readonly cancel: () => void;

  /** @param opened called with the side, before it hears anything */
  constructor(carrier: Carrier, endpoint: string, options: CarrierOptions = {}, opened?: (side: Side) => void) {
    super();
    this.cancel = calling(() =>
      carrier.connect(endpoint, options, {
        opened: (stream) => {
          this.side = new Side(stream);
          opened?.(this.side);
          this.hear('opened');
          return this.side;
        },
        failed: (reason, error) => {
          this.reason = reason;
          this.error = error;
          this.hear('failed');
        },
      }),
    );
    onTestFinished(() => this.cancel());
  }

  async opened(): Promise<Side> {
    await this.untilHeard('opened');
    return this.side!;
  }
}

/** Listens at an endpoint and waits until it is bound. */
export async function listenAt(carrier: Carrier, endpoint: string, options?: CarrierOptions): Promise<Listening> {
  const listening = new Listening(carrier, endpoint, options);
  await listening.until(() => listening.heard.length > 0);
  if (listening.reason !== undefined) throw new Error(listening.reason);
  return listening;
}

/** Two sides of a connection, connected at `endpoint`, or at the one that is bound. */
export async function connectedPair(
  carrier: Carrier,
  bind: string,
  endpoint?: string,
): Promise<{ readonly near: Side; readonly far: Side; readonly listening: Listening }> {
  const listening = await listenAt(carrier, bind);
  const near = await new Connecting(carrier, endpoint ?? listening.endpoint).opened();
  return { near, far: await listening.side(), listening };
}

/** So many bytes that repeat only after 16 MiB. */
export function pattern(length: number, seed = 0): Uint8Array {
  const words = new Uint32Array(Math.ceil(length / 4));
  for (let i = 0; i < words.length; i += 1) words[i] = Math.imul(i + seed, 2_654_435_761);
  return new Uint8Array(words.buffer, 0, length);
}

/** Whether two are alike; `toEqual` takes seconds for megabytes. */
export function same(one: Uint8Array, other: Uint8Array): boolean {
  return Buffer.compare(one, other) === 0;
}
