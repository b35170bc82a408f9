import fc from 'fast-check';
import { expect, it } from 'vitest';
import { ByteRing } from '../../../../src/engine/carriers/memory/ByteRing.js';

it('gives bytes in the order they came, and takes as many as it has room for', () => {
  const steps = fc.array(fc.tuple(fc.boolean(), fc.nat({ max: 3000 })), { maxLength: 60 });
  fc.assert(
    fc.property(steps, fc.constantFrom(1, 7, 1024, 5000), (list, capacity) => {
      const ring = new ByteRing(capacity);
      const model: number[] = [];
      let next = 0;
      for (const [push, count] of list) {
        if (push) {
          const source = Uint8Array.from({ length: count + 3 }, (_, i) => next + i - 3);
          const taken = ring.push(source, 3);
          expect(taken).toBe(Math.min(count, capacity - model.length));
          for (let i = 0; i < taken; i += 1) model.push((next + i) & 255);
          next += taken;
        } else {
          const wanted = Math.min(count, model.length);
          const target = new Uint8Array(wanted + 1).fill(9);
          ring.shift(target, wanted);
          expect([...target]).toEqual([...model.splice(0, wanted), 9]);
        }
        expect(ring.size).toBe(model.length);
      }
      ring.clear();
      expect([ring.size, ring.push(new Uint8Array(capacity), 0), ring.size]).toEqual([0, capacity, capacity]);
    }),
  );
});
