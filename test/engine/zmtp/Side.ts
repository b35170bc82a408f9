import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Cipher, CurvePrimitives } from '../../../src/engine/zmtp/Cipher.js';
import { Handshake } from '../../../src/engine/zmtp/Handshake.js';
import type { HandshakeListener, HandshakeSettings } from '../../../src/engine/zmtp/HandshakeSettings.js';
import type { PeerInfo } from '../../../src/engine/zmtp/PeerInfo.js';

/** How a handshake ended; `undefined`: not yet. */
export type Outcome =
  | { readonly kind: 'done'; readonly peer: PeerInfo; readonly cipher: Cipher | undefined; readonly early: string }
  | { readonly kind: 'failed'; readonly reason: string; readonly refused: boolean };

/** One side of a handshake, and all that was heard of it. */
export class Side implements HandshakeListener {
  readonly handshake: Handshake;
  readonly sent: Uint8Array[] = [];
  outcome: Outcome | undefined;
  /** Calls that came after the end. */
  late = 0;
  /** Bytes of the peer that were fed and not consumed. */
  traffic = '';
  #delivered = 0;
  #wake: () => void = () => undefined;

  constructor(settings: Partial<HandshakeSettings> = {}) {
    this.handshake = new Handshake(settingsWith(settings), this);
    this.handshake.begin();
  }

  send(bytes: Uint8Array): void {
    if (this.outcome !== undefined) this.late += 1;
    this.sent.push(bytes);
  }

  done(peer: PeerInfo, cipher: Cipher | undefined, early: Uint8Array): void {
    this.#end({ kind: 'done', peer, cipher, early: hexOf(early) });
  }

  failed(reason: string, { refused }: { readonly refused: boolean }): void {
    this.#end({ kind: 'failed', reason, refused });
  }

  /** Feeds from memory that is gone right afterwards, in chunks of these lengths and a last one with the rest. */
  feed(bytes: Uint8Array, lengths: readonly number[] = []): this {
    for (const chunk of chunksOf(bytes, lengths)) {
      const memory = chunk.slice();
      const count = this.handshake.feed(memory);
      memory.fill(0xaa);
      if (count < chunk.length && this.outcome === undefined) throw new Error('bytes were left before the end');
      this.traffic += hexOf(chunk.subarray(count));
    }
    return this;
  }

  /** Feeds to another what was sent since the last time; `false`: nothing was. */
  deliverTo(other: Side): boolean {
    const next = this.sent[this.#delivered];
    if (next === undefined) return false;
    this.#delivered += 1;
    other.feed(next);
    return true;
  }

  /** All that was sent. */
  get said(): string {
    return this.sent.map(hexOf).join('');
  }

  get peer(): PeerInfo {
    if (this.outcome?.kind !== 'done') throw new Error(`not done: ${JSON.stringify(this.outcome)}`);
    return this.outcome.peer;
  }

  get cipher(): Cipher {
    if (this.outcome?.kind !== 'done' || this.outcome.cipher === undefined) throw new Error('no cipher');
    return this.outcome.cipher;
  }

  get failure(): { readonly reason: string; readonly refused: boolean } {
    if (this.outcome?.kind !== 'failed') throw new Error(`not failed: ${JSON.stringify(this.outcome)}`);
    return { reason: this.outcome.reason, refused: this.outcome.refused };
  }

  /** Resolves once it has ended. */
  async ended(): Promise<this> {
    if (this.outcome === undefined) await new Promise<void>((resolve) => (this.#wake = resolve));
    return this;
  }

  #end(outcome: Outcome): void {
    if (this.outcome !== undefined) this.late += 1;
    this.outcome = outcome;
    this.#wake();
  }
}

export function settingsWith(settings: Partial<HandshakeSettings>): HandshakeSettings {
  const empty = { identity: new Uint8Array(0), properties: new Map<string, Uint8Array>(), security: undefined };
  return { socketType: 'PULL', address: '127.0.0.1', ...empty, ...settings };
}

/** Hands each what the other sends until neither says more. May be called again when one has more to say. */
export function meet(one: Side, other: Side): void {
  for (let moved = true; moved;) moved = one.deliverTo(other) || other.deliverTo(one);
}

/** What was said and what came of it, the same for every split: without how it is cut, and without what a reason quotes. */
export function summaryOf({ said, outcome, traffic, late }: Side): unknown {
  if (outcome === undefined) return { said, traffic, late };
  if (outcome.kind === 'failed') {
    return { said, reason: outcome.reason.replace(/ it began with .*/, ''), refused: outcome.refused, late };
  }
  const { peer, cipher, early } = outcome;
  return { said, peer, sealed: cipher !== undefined, traffic: early + traffic, late };
}

function chunksOf(bytes: Uint8Array, lengths: readonly number[]): Uint8Array[] {
  const chunks: Uint8Array[] = [];
  let at = 0;
  for (const length of lengths) {
    if (at >= bytes.length) break;
    chunks.push(bytes.subarray(at, at + length));
    at += length;
  }
  return at < bytes.length ? [...chunks, bytes.subarray(at)] : chunks;
}

/** All that one side of a recorded connection sent. */
export function transcript(name: string, side: 'client' | 'server'): Uint8Array {
  return new Uint8Array(fixture(name, `${side}.bin`));
}

/** The secrets of the recorded connection with CURVE. */
export function recordedKeys(): Readonly<Record<string, Uint8Array>> {
  const keys = JSON.parse(fixture('curve', 'keys.json').toString()) as Record<string, string>;
  return Object.fromEntries(Object.entries(keys).map(([name, hex]) => [name, bytesOf(hex)]));
}

function fixture(name: string, file: string): Buffer {
  return readFileSync(fileURLToPath(new URL(`../../fixtures/zmtp/${name}/${file}`, import.meta.url)));
}

/** Primitives that make these pairs and these random bytes, in their order. */
export function withFixedRandomness(
  curve: CurvePrimitives,
  pair: { readonly publicKey: Uint8Array; readonly secretKey: Uint8Array },
  random: readonly Uint8Array[],
): CurvePrimitives {
  const left = [...random];
  return {
    keyPair: () => pair,
    randomBytes: (count) => {
      const next = left.shift();
      if (next?.length !== count) throw new Error(`no ${count} random bytes were expected`);
      return next;
    },
    publicKey: (secretKey) => curve.publicKey(secretKey),
    sharedKey: (secretKey, publicKey) => curve.sharedKey(secretKey, publicKey),
    seal: (key, nonce, text) => curve.seal(key, nonce, text),
    open: (key, nonce, box) => curve.open(key, nonce, box),
  };
}

export function hexOf(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}

export function bytesOf(hex: string): Uint8Array {
  return new Uint8Array(Buffer.from(hex.replaceAll(' ', ''), 'hex'));
}

/** A text's bytes, one for each character. */
export function latin(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(text, 'latin1'));
}

/** A frame as handshakes have them: short or long, a command. */
export function commandFrame(body: Uint8Array | string): Uint8Array {
  const bytes = typeof body === 'string' ? latin(body) : body;
  const header = bytes.length > 255 ? [6, 0, 0, 0, 0, 0, 0, bytes.length >> 8, bytes.length & 255] : [4, bytes.length];
  return Uint8Array.from([...header, ...bytes]);
}

/** A whole greeting of ZMTP 3. */
export function greetingOf(mechanism: string, minor = 1): Uint8Array {
  const greeting = new Uint8Array(64);
  greeting.set([0xff, 0, 0, 0, 0, 0, 0, 0, 1, 0x7f, 3, minor]);
  greeting.set(latin(mechanism), 12);
  return greeting;
}

/** A property of metadata; `length`: what it claims of its value. */
export function property(name: string, value: string, length = value.length): string {
  const claimed = [length >>> 24, (length >>> 16) & 255, (length >>> 8) & 255, length & 255];
  return String.fromCharCode(name.length) + name + String.fromCharCode(...claimed) + value;
}

/** The body of READY with these properties. */
export function readyWith(...properties: readonly string[]): string {
  return `\x05READY${properties.join('')}`;
}

/** The same bytes cut at every place, at none, and at a few that were drawn. */
export const cuts: readonly (readonly [string, readonly number[]])[] = [
  ['at once', []],
  ['byte by byte', Array.from({ length: 2000 }, () => 1)],
  ['in sevens', Array.from({ length: 300 }, () => 7)],
  ['as greeting and rest', [10, 1, 53]],
  ['across their seams', [9, 3, 51, 3, 1, 2, 200]],
];

export function joinedBytes(...parts: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(parts));
}
