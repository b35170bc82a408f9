import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Parts } from '../../../src/basics/Parts.js';
import { Inbox } from '../../../src/engine/pipes/Inbox.js';
import { messageBytes, pairBytes, readBatch, writeMessage } from '../../../src/engine/web/batch.js';
import { WebError } from '../../../src/engine/web/WebError.js';

const limits = { maxMessageBytes: 1 << 20, maxParts: 64 };

function batchOf(...messages: Parts[]): Uint8Array {
  const batch = new Uint8Array(messages.reduce((sum, parts) => sum + messageBytes(parts), 0)).fill(0xee);
  let at = 0;
  for (const parts of messages) at = writeMessage(batch, at, parts);
  expect(at).toBe(batch.length);
  return batch;
}

function read(batch: Uint8Array, given = limits): Parts[] {
  const inbox = new Inbox(false);
  const costs: number[] = [];
  readBatch(batch, given, {
    begin: (cost) => costs.push(cost),
    add: (buffer, length, more, start) => inbox.add(buffer, length, more, start),
  });
  expect(costs.reduce((sum, cost) => sum + cost, 0)).toBe(batch.length);
  const messages: Parts[] = [];
  for (let parts = inbox.read(false); parts; parts = inbox.read(false))
    messages.push(parts.map((part) => part.slice()));
  expect(messages.map(messageBytes)).toEqual(costs);
  return messages;
}

const message = fc.array(fc.uint8Array({ maxLength: 40 }), { minLength: 1, maxLength: 9 });

it('has the layout that the wire says', () => {
  const batch = batchOf([new Uint8Array(96).fill(1), new Uint8Array(8).fill(2)]);
  expect(batch.length).toBe(120);
  expect([...batch.subarray(0, 16)]).toEqual([2, 0, 0, 0, 96, 0, 0, 0, 8, 0, 0, 0, 0, 0, 0, 0]);
  expect(batch[111]).toBe(1);
  expect([...batch.subarray(112)]).toEqual(Array<number>(8).fill(2));
  expect(pairBytes(96, 8)).toBe(120);
});

it('gives back any messages, each from a place that 8 divides, with zeros between', () => {
  fc.assert(
    fc.property(fc.array(message, { minLength: 1, maxLength: 20 }), (messages) => {
      const batch = batchOf(...messages);
      expect(batch.length % 8).toBe(0);
      expect(read(batch)).toEqual(messages);
      const payload = messages.flat().reduce((sum, part) => sum + part.length, 0);
      const nonZero = messages.flat().reduce((sum, part) => sum + part.filter((byte) => byte !== 0).length, 0);
      expect(batch.filter((byte) => byte !== 0).length).toBeGreaterThanOrEqual(nonZero);
      expect(payload).toBeLessThanOrEqual(batch.length);
    }),
  );
});

it('gives a large part of a message that came alone as a view of it, and copies it otherwise', () => {
  const large = [new Uint8Array(96), new Uint8Array(8192).fill(7)];
  const partOf = (batch: Uint8Array): Uint8Array => {
    const inbox = new Inbox(false);
    readBatch(batch, limits, { begin: () => undefined, add: (...part) => inbox.add(...part) });
    return inbox.read(false)![1]!;
  };
  const alone = batchOf(large);
  expect(partOf(alone).buffer).toBe(alone.buffer);
  expect(partOf(alone).byteOffset % 8).toBe(0);
  expect(partOf(batchOf(large, large)).byteLength).toBe(8192);
  const shared = batchOf(large, large);
  expect(partOf(shared).buffer).not.toBe(shared.buffer);
  const within = new Uint8Array(alone.length + 8);
  within.set(alone, 8);
  expect(partOf(within.subarray(8)).buffer).not.toBe(within.buffer);
});

describe('refuses', () => {
  const u32 = (...values: number[]) => new Uint8Array(Uint32Array.from(values).buffer);
  it.each<[string, Uint8Array, string]>([
    ['nothing', new Uint8Array(), 'without messages'],
    ['half a head', u32(1), 'ends in the middle'],
    ['no parts', u32(0, 0), 'without parts'],
    ['too many parts', u32(65, 0), 'more than maxParts (64)'],
    ['2^32 - 1 parts', u32(0xffffffff, 0), 'more than maxParts (64)'],
    ['a length beyond its end', u32(1, 9, 0, 0), 'says 24 bytes, of which 16 came'],
    ['a length of 2^32 - 1', u32(1, 0xffffffff), 'more than maxMessageBytes'],
    ['parts beyond its end', u32(4, 0), '4 parts in a batch of 8 bytes'],
    ['something left over', u32(1, 0, 1), 'ends in the middle'],
  ])('%s', (_name, batch, reason) => {
    expect(() => read(batch)).toThrow(WebError);
    expect(() => read(batch)).toThrow(reason);
  });

  it('anything at all without throwing anything else, or taking memory for what is only said', () => {
    const before = process.memoryUsage().arrayBuffers;
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (batch) => {
        try {
          read(batch);
        } catch (error) {
          if (!(error instanceof WebError)) throw error;
          expect(error.code).toBe(4000);
        }
      }),
      { numRuns: 2000 },
    );
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(64 << 20);
  });

  it('a batch that was changed at any place, the messages before that place intact', () => {
    fc.assert(
      fc.property(
        fc.array(message, { minLength: 2, maxLength: 6 }),
        fc.nat(),
        fc.nat(255),
        (messages, place, value) => {
          const batch = batchOf(...messages);
          const at = place % batch.length;
          batch[at] = value;
          const got: Parts[] = [];
          const inbox = new Inbox(false);
          try {
            readBatch(batch, limits, { begin: () => undefined, add: (...part) => inbox.add(...part) });
          } catch (error) {
            expect(error).toBeInstanceOf(WebError);
          }
          for (let parts = inbox.read(false); parts; parts = inbox.read(false)) got.push(parts);
          let end = 0;
          for (const [i, parts] of messages.entries()) {
            end += messageBytes(parts);
            if (end > at) break;
            expect(got[i]).toEqual(parts);
          }
        },
      ),
    );
  });
});
