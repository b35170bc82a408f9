import type { Parts } from '../../basics/Parts.js';
import { COPIED_BELOW_BYTES } from '../../memory/copiedBelow.js';
import { Queue } from '../../basics/Queue.js';
import { takeLarge } from '../../memory/largeBuffers.js';
import { takeSlab } from '../../memory/slabs.js';
import { MORE } from '../zmtp/flags.js';
import { MAX_HEADER_BYTES, writeHeader } from '../zmtp/writeHeader.js';
import { Batch } from './Batch.js';

/** When a batch reaches this size, it is closed. */
export const BATCH_BYTES = 65_536;
/** If a batch has put more than this into slabs, the next one begins with a large slab. */
const SMALL_BATCH_BYTES = 8192;
/** Batches of more segments than this are copied together, unless their segments are large. */
const MANY_SEGMENTS = 16;

/** How messages are encoded. */
export interface OutboxSettings {
  /** No frames: each part is a piece of a stream. */
  readonly raw: boolean;
  /** Only the newest message is kept. */
  readonly newestOnly: boolean;
  /** Whether owned messages may be withdrawn. */
  readonly withdraws: boolean;
  /** Called with each owned message that is no longer referenced. */
  readonly released?: ((parts: Parts) => void) | undefined;
}

/**
 * The messages for one peer, as frames in batches of whole messages: parts below 4 KiB are collected in slabs, larger ones are
 * referenced.
 */
export class Outbox {
  /** Messages that are still queued. */
  messages = 0;
  /** Their bytes. */
  bytes = 0;
  readonly #settings: OutboxSettings;
  readonly #tracks: boolean;
  readonly #full = new Queue<Batch>();
  #open: Batch | undefined;
  /** The slab of the open batch, and its segment that still grows. */
  #slab: Uint8Array | undefined;
  #from = 0;
  #at = 0;
  /** The slab belongs to this batch, and is not shared memory. */
  #owns = false;
  /** The last batch was not a small one. */
  #busy = false;

  constructor(settings: OutboxSettings) {
    this.#settings = settings;
    this.#tracks = settings.withdraws || settings.released !== undefined;
  }

  /** Appends a message. Its large parts are copied unless it is `owned`, its small ones always. */
  write(parts: Parts, owned: boolean): void {
    if (this.#settings.newestOnly) this.clear();
    const batch = (this.#open ??= this.#start());
    const before = batch.bytes;
    const last = parts.length - 1;
    const { raw } = this.#settings;
    for (let i = 0; i <= last; i += 1) {
      const part = parts[i]!;
      const { length } = part;
      const isSmall = length < COPIED_BELOW_BYTES;
      const slab = this.#room(batch, isSmall ? MAX_HEADER_BYTES + length : MAX_HEADER_BYTES);
      const from = this.#at;
      if (!raw) this.#at = writeHeader(slab, from, i < last ? MORE : 0, length);
      if (isSmall) {
        slab.set(part, this.#at);
        this.#at += length;
      } else {
        this.#refer(batch, part, owned);
        batch.bytes += length;
        batch.referredBytes += length;
      }
      batch.bytes += this.#at - from;
    }
    if (owned && this.#tracks) (batch.owned ??= []).push(parts);
    this.#count(batch, batch.bytes - before);
  }

  /** Appends a message whose frames are in memory that other pipes share and that never changes. */
  share(memory: Uint8Array, from: number, to: number): void {
    if (this.#settings.newestOnly) this.clear();
    const batch = (this.#open ??= this.#start());
    if (this.#slab === memory && this.#at === from) this.#at = to;
    else {
      this.#cut(batch);
      this.#slab = memory;
      this.#owns = false;
      this.#from = from;
      this.#at = to;
    }
    batch.bytes += to - from;
    this.#count(batch, to - from);
  }

  /** Removes the next batch and returns it. */
  take(): Batch | undefined {
    if (this.#full.size === 0) this.#close();
    const batch = this.#full.shift();
    if (batch === undefined) return undefined;
    this.messages -= batch.messages;
    this.bytes -= batch.bytes;
    if (batch.segments.length > MANY_SEGMENTS && batch.bytes < batch.segments.length * COPIED_BELOW_BYTES) join(batch);
    return batch;
  }

  /** Withdraws a message that was written `owned`. */
  withdraw(parts: Parts): boolean {
    const holds = ({ owned }: Batch): boolean => owned?.includes(parts) === true;
    if (!(this.#open && holds(this.#open)) && !this.#full.some(holds)) return false; // if not found, the open batch may keep growing
    this.#close();
    for (let i = this.#full.size; i > 0; i -= 1) {
      const batch = this.#full.shift()!;
      if (!holds(batch) || batch.owned?.length !== batch.messages) {
        this.#full.push(batch);
        continue;
      }
      this.messages -= batch.messages;
      this.bytes -= batch.bytes;
      batch.released = undefined;
      batch.release();
      this.#settings.released?.(parts);
      const others = batch.owned.filter((other) => other !== parts);
      for (const other of others) this.write(other, true);
      this.#close();
      for (i -= 1; i > 0; i -= 1) this.#full.push(this.#full.shift()!);
      return true;
    }
    return false;
  }

  /** Drops everything. */
  clear(): void {
    this.#close();
    for (let batch = this.#full.shift(); batch; batch = this.#full.shift()) batch.release();
    this.messages = 0;
    this.bytes = 0;
  }

  #count(batch: Batch, bytes: number): void {
    batch.messages += 1;
    this.messages += 1;
    this.bytes += bytes;
    if (batch.bytes >= BATCH_BYTES) this.#close();
  }

  /** Puts a large part between the segments in slabs. */
  #refer(batch: Batch, part: Uint8Array, owned: boolean): void {
    this.#cut(batch);
    if (owned) {
      batch.segments.push(part);
      return;
    }
    const copy = takeLarge(part.length);
    copy.set(part);
    batch.segments.push(copy);
    (batch.copies ??= []).push(copy);
  }

  /** A slab with space for that number of bytes. */
  #room(batch: Batch, count: number): Uint8Array {
    const slab = this.#slab;
    if (slab !== undefined && this.#owns && slab.length - this.#at >= count) return slab;
    this.#cut(batch);
    const fresh = takeSlab(this.#busy || batch.slabs !== undefined);
    this.#slab = fresh;
    this.#owns = true;
    this.#from = 0;
    this.#at = 0;
    (batch.slabs ??= []).push(fresh);
    return fresh;
  }

  /** Ends the segment that is growing. */
  #cut(batch: Batch): void {
    if (this.#slab === undefined || this.#at === this.#from) return;
    batch.segments.push(this.#slab.subarray(this.#from, this.#at));
    this.#from = this.#at;
  }

  #start(): Batch {
    const batch = new Batch();
    batch.released = this.#settings.released;
    return batch;
  }

  #close(): void {
    const batch = this.#open;
    if (batch === undefined) return;
    this.#cut(batch);
    this.#slab = undefined;
    this.#from = 0;
    this.#at = 0;
    this.#open = undefined;
    this.#busy = batch.bytes - batch.referredBytes > SMALL_BATCH_BYTES;
    this.#full.push(batch);
  }
}

/** Copies small segments together: to write each one separately would cost more than the copy. */
function join(batch: Batch): void {
  const whole = takeLarge(batch.bytes);
  let at = 0;
  for (const segment of batch.segments) {
    whole.set(segment, at);
    at += segment.length;
  }
  batch.release(); // its parts are not referenced any more
  batch.segments.length = 0;
  batch.segments.push(whole);
  batch.copies = [whole];
}
