import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Parts } from '../../../src/basics/Parts.js';
import { Inbox } from '../../../src/engine/pipes/Inbox.js';
import { Outbox } from '../../../src/engine/pipes/Outbox.js';
import { Decoder } from '../../../src/engine/zmtp/Decoder.js';

const limits = { maxMessageBytes: 1 << 24, maxParts: 100 };
const settings = { raw: false, newestOnly: false, withdraws: true };

const part = fc
  .oneof(fc.integer({ min: 0, max: 20 }), fc.constantFrom(254, 255, 256, 4095, 4096, 4097, 16_383, 16_384, 70_000))
  .chain((length) => fc.integer({ min: 0, max: 255 }).map((seed) => bytes(length, seed)));
const message = fc.array(part, { minLength: 1, maxLength: 4 });

function bytes(length: number, seed: number): Uint8Array {
  return Uint8Array.from({ length }, (_, i) => (i * 31 + seed) & 255);
}

/** Compares fast. */
function digest(messages: Parts[]): string[][] {
  return messages.map((parts) => parts.map((one) => createHash('sha1').update(one).digest('hex')));
}

/** All that was written, as the wire would have it. */
function drain(outbox: Outbox): Uint8Array {
  const segments: Uint8Array[] = [];
  for (let batch = outbox.take(); batch; batch = outbox.take()) {
    segments.push(...batch.segments.map((segment) => segment.slice()));
    batch.release();
  }
  return Uint8Array.from(Buffer.concat(segments));
}

function readAll(inbox: Inbox, borrow = false): Parts[] {
  const messages: Parts[] = [];
  for (let parts = inbox.read(borrow); parts; parts = inbox.read(borrow)) {
    messages.push(borrow ? parts.map((one) => one.slice()) : parts);
  }
  return messages;
}

function sink(inbox: Inbox, commands: Uint8Array[] = []) {
  return {
    add: (buffer: Uint8Array, length: number, more: boolean, start?: number) => inbox.add(buffer, length, more, start),
    command: (body: Uint8Array) => void commands.push(body.slice()),
  };
}

describe('from an Outbox through a Decoder to an Inbox', () => {
  it('keeps every message, whatever the bytes are split into, copied or read in place', () => {
    const split = fc.array(fc.constantFrom(1, 2, 5, 60, 4000, 20_000, 65_536), { minLength: 3, maxLength: 30 });
    fc.assert(
      fc.property(
        fc.array(fc.tuple(message, fc.boolean()), { maxLength: 12 }),
        split,
        fc.boolean(),
        fc.boolean(),
        (messages, sizes, inPlace, borrow) => {
          const outbox = new Outbox(settings);
          for (const [parts, owned] of messages) outbox.write(parts, owned);
          expect(outbox.messages).toBe(messages.length);
          const wire = drain(outbox);
          expect(outbox.messages).toBe(0);
          expect(outbox.bytes).toBe(0);

          const inbox = new Inbox(false);
          const decoder = new Decoder(sink(inbox), limits);
          const slab = new Uint8Array(65_536);
          const got: Parts[] = [];
          for (let at = 0, turn = 0; at < wire.length; turn += 1) {
            const size = Math.min(sizes[turn % sizes.length]!, wire.length - at);
            const wanted = inPlace ? decoder.wanted : undefined;
            if (wanted) {
              const count = Math.min(wanted.length, size);
              wanted.set(wire.subarray(at, at + count));
              decoder.filled(count);
              at += count;
            } else {
              const count = Math.min(slab.length, size);
              slab.set(wire.subarray(at, at + count));
              decoder.feed(slab, 0, count);
              if (turn % 2 === 0) got.push(...readAll(inbox, borrow));
              inbox.rescue(slab);
              slab.fill(0xee, 0, count); // as the next read will
              at += count;
            }
          }
          got.push(...readAll(inbox));
          expect(digest(got)).toEqual(digest(messages.map(([parts]) => parts)));
          expect(inbox.messages).toBe(0);
          expect(inbox.bytes).toBe(0);
          expect(decoder.begun).toBe(false);
        },
      ),
      { numRuns: 100 },
    );
  });

  it('copies what is not owned at once', () => {
    const outbox = new Outbox(settings);
    const small = bytes(100, 1);
    const large = bytes(5000, 2);
    const before = [small.slice(), large.slice()];
    outbox.write([small, large], false);
    small.fill(0);
    large.fill(0);
    const inbox = new Inbox(false);
    const wire = drain(outbox);
    new Decoder(sink(inbox), limits).feed(wire, 0, wire.length);
    expect(readAll(inbox)).toEqual([before]);
  });

  it('gives small parts that are kept memory that no later message touches', () => {
    const inbox = new Inbox(false);
    const decoder = new Decoder(sink(inbox), limits);
    const chunk = Uint8Array.of(0, 3, 1, 2, 3);
    decoder.feed(chunk, 0, chunk.length);
    const [parts] = readAll(inbox);
    chunk.fill(9);
    expect(parts).toEqual([Uint8Array.of(1, 2, 3)]);
    expect(parts![0]!.byteOffset % 16).toBe(0);
  });

  it('gives each large part a buffer of its own, of its length', () => {
    const inbox = new Inbox(false);
    const outbox = new Outbox(settings);
    outbox.write([bytes(4096, 1)], true);
    outbox.write([bytes(100_000, 2)], true);
    const wire = drain(outbox);
    new Decoder(sink(inbox), limits).feed(wire, 0, wire.length);
    for (const [only] of readAll(inbox)) expect(only!.buffer.byteLength).toBe(only!.length);
  });
});

describe('Outbox', () => {
  it('withdraws an owned message, and nothing else, wherever it waits', () => {
    const outbox = new Outbox(settings);
    const messages = Array.from({ length: 200 }, (_, i) => [bytes(1000, i)]);
    for (const parts of messages) outbox.write(parts, true);
    expect(outbox.withdraw(messages[57]!)).toBe(true);
    expect(outbox.withdraw(messages[57]!)).toBe(false);
    expect(outbox.withdraw([bytes(1000, 3)])).toBe(false);
    expect(outbox.messages).toBe(199);
    const inbox = new Inbox(false);
    const wire = drain(outbox);
    new Decoder(sink(inbox), limits).feed(wire, 0, wire.length);
    expect(readAll(inbox)).toEqual(messages.filter((_, i) => i !== 57));
  });

  it('cannot withdraw what was taken out', () => {
    const outbox = new Outbox(settings);
    const parts = [bytes(10, 1)];
    outbox.write(parts, true);
    outbox.take();
    expect(outbox.withdraw(parts)).toBe(false);
  });

  it('keeps the batch open that a withdrawal finds nothing in: what comes next leaves with it', () => {
    const outbox = new Outbox(settings);
    outbox.write([bytes(10, 1)], true);
    outbox.withdraw([bytes(10, 1)]);
    outbox.write([bytes(10, 2)], true);
    expect(outbox.take()?.messages).toBe(2);
  });

  it('keeps the newest message alone where that is wanted, with all its parts', () => {
    const outbox = new Outbox({ ...settings, newestOnly: true });
    outbox.write([bytes(3, 1), bytes(3, 2)], false);
    outbox.write([bytes(3, 3), bytes(3, 4)], false);
    expect(outbox.messages).toBe(1);
    expect(drain(outbox)).toEqual(Uint8Array.of(1, 3, ...bytes(3, 3), 0, 3, ...bytes(3, 4)));
  });

  it('writes no frames where bytes are as they are', () => {
    const outbox = new Outbox({ ...settings, raw: true });
    outbox.write([bytes(3, 1)], false);
    outbox.write([bytes(5000, 2)], false);
    expect(drain(outbox)).toEqual(Uint8Array.from([...bytes(3, 1), ...bytes(5000, 2)]));
  });

  it('puts what is shared beside what is its own, in order', () => {
    const outbox = new Outbox(settings);
    const shared = Uint8Array.of(0, 1, 7, 0, 1, 8, 0, 1, 9);
    outbox.write([Uint8Array.of(6)], false);
    outbox.share(shared, 0, 3);
    outbox.share(shared, 3, 6);
    outbox.write([Uint8Array.of(60)], false);
    outbox.share(shared, 6, 9);
    expect(outbox.messages).toBe(5);
    const batch = outbox.take()!;
    expect(batch.segments).toHaveLength(4);
    expect(batch.messages).toBe(5);
    expect(Uint8Array.from(Buffer.concat(batch.segments))).toEqual(
      Uint8Array.of(0, 1, 6, 0, 1, 7, 0, 1, 8, 0, 1, 60, 0, 1, 9),
    );
    expect(shared).toEqual(Uint8Array.of(0, 1, 7, 0, 1, 8, 0, 1, 9));
  });

  it('joins many small segments into one', () => {
    const outbox = new Outbox(settings);
    const shared = new Uint8Array(4000);
    for (let at = 0; at + 3 < 4000; at += 8) {
      shared.set([0, 1, at & 255], at);
      outbox.share(shared, at, at + 3);
    }
    const batch = outbox.take()!;
    expect(batch.segments).toHaveLength(1);
    expect(batch.messages).toBe(500);
    expect(batch.segments[0]!.subarray(3, 6)).toEqual(Uint8Array.of(0, 1, 8));
  });

  it('says of each owned message when nobody refers to it', () => {
    const released: Parts[] = [];
    const outbox = new Outbox({ ...settings, withdraws: false, released: (parts) => released.push(parts) });
    const first = [bytes(5000, 1)];
    const second = [bytes(5, 1)];
    outbox.write(first, true);
    outbox.write([bytes(5, 1)], false);
    outbox.write(second, true);
    const batch = outbox.take()!;
    expect(released).toEqual([]);
    batch.release();
    batch.release();
    expect(released).toEqual([first, second]);
    const third = [bytes(5, 1)];
    outbox.write(third, true);
    outbox.clear();
    expect(released).toEqual([first, second, third]);
  });
});

describe('Inbox', () => {
  it('keeps the newest message alone where that is wanted, with all its parts', () => {
    const inbox = new Inbox(true);
    const own = Uint8Array.of(1);
    inbox.add(own, 1, true);
    inbox.add(own, 1, false);
    inbox.add(Uint8Array.of(2), 1, true);
    expect(inbox.messages).toBe(1);
    inbox.add(Uint8Array.of(3), 1, false);
    expect(inbox.messages).toBe(1);
    expect(inbox.bytes).toBe(2);
    expect(inbox.read(false)).toEqual([Uint8Array.of(2), Uint8Array.of(3)]);
  });

  it('drops a message that will not be complete, and none that is', () => {
    const inbox = new Inbox(false);
    inbox.add(Uint8Array.of(1), 1, false);
    inbox.add(Uint8Array.of(2), 1, true);
    inbox.dropOpen();
    inbox.add(Uint8Array.of(3), 1, false);
    expect(readAll(inbox)).toEqual([[Uint8Array.of(1)], [Uint8Array.of(3)]]);
  });

  it('drops what is complete, and nothing that is not', () => {
    const inbox = new Inbox(false);
    for (let i = 0; i < 40; i += 1) inbox.add(Uint8Array.of(i), 1, false);
    inbox.add(Uint8Array.of(100), 1, true);
    inbox.clear();
    expect(inbox.messages).toBe(0);
    inbox.add(Uint8Array.of(101), 1, false);
    expect(readAll(inbox)).toEqual([[Uint8Array.of(100), Uint8Array.of(101)]]);
  });
});
