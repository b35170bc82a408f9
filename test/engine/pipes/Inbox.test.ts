import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Inbox } from '../../../src/engine/pipes/Inbox.js';

/** CPU time of a thousand reads of one message each, while so many wait; the least of five. */
function stalled(waiting: number): number {
  const slab = new Uint8Array(65_536);
  const times = Array.from({ length: 5 }, () => {
    const inbox = new Inbox(false);
    for (let i = 0; i < waiting; i += 1) inbox.add(slab, 20, false, 2);
    inbox.rescue(slab);
    const before = process.cpuUsage();
    for (let i = 0; i < 1000; i += 1) {
      inbox.add(slab, 20, false, 2);
      inbox.rescue(slab);
    }
    const { user, system } = process.cpuUsage(before);
    return user + system;
  });
  return Math.min(...times);
}

describe('an inbox over memory that is used again', () => {
  it('costs as much for each message, however many wait', () => {
    stalled(0); // compiled from then on
    expect(stalled(100_000) / stalled(0)).toBeLessThan(20); // it was thousands
  });

  it('gives each message as it came, whatever is read, dropped and overwritten between', () => {
    const step = fc.oneof(
      fc.record({
        kind: fc.constant('come' as const),
        lengths: fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 1, maxLength: 6 }),
        isSlab: fc.boolean(),
        isOpen: fc.boolean(),
      }),
      fc.record({ kind: fc.constant('read' as const), count: fc.integer({ min: 1, max: 4 }) }),
      fc.record({ kind: fc.constant('lose' as const) }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const inbox = new Inbox(false);
        const slab = new Uint8Array(256);
        const expected: number[] = [];
        let next = 0;
        let open: number | undefined; // the first part of a message whose second has not come
        const read = (): void => {
          const parts = inbox.read(false)!;
          expect(parts.map((part) => new Set(part))).toEqual(parts.map(() => new Set([expected[0]])));
          expected.shift();
        };
        for (const one of steps) {
          if (one.kind === 'read') for (let i = 0; i < one.count && expected.length > 0; i += 1) read();
          else if (one.kind === 'lose') {
            inbox.dropOpen();
            open = undefined;
          } else {
            let at = 3;
            for (const [i, length] of one.lengths.entries()) {
              const mark = open ?? (next = (next + 1) & 255);
              const more = open === undefined && one.isOpen && i === one.lengths.length - 1;
              const memory = one.isSlab ? slab : new Uint8Array(length);
              memory.fill(mark, one.isSlab ? at : 0, one.isSlab ? at + length : length);
              inbox.add(memory, length, more, one.isSlab ? at : undefined);
              at += length;
              open = more ? mark : undefined;
              if (!more) expected.push(mark);
            }
            if (one.isSlab) inbox.rescue(slab);
            slab.fill(0);
          }
        }
        while (expected.length > 0) read();
        expect(inbox.read(false)).toBeUndefined();
      }),
    );
  });
});
