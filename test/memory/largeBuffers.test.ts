import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type * as LargeBuffers from '../../src/memory/largeBuffers.js';

const KIB = 1024;
const MIB = 1024 * KIB;

let pool: typeof LargeBuffers;

beforeEach(async () => {
  vi.resetModules(); // an empty one
  pool = await import('../../src/memory/largeBuffers.js');
});

/** How many of these come back when as many of their length are asked for. */
function kept(buffers: readonly Uint8Array[]): number {
  const taken = new Set(buffers.map(({ length }) => pool.takeLarge(length).buffer));
  return buffers.filter(({ buffer }) => taken.has(buffer)).length;
}

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as (options: { type: 'minor' | 'major' }) => void;
setFlagsFromString('--no-expose-gc');

const many = (count: number, length: number) => Array.from({ length: count }, () => pool.takeLarge(length));

describe('buffers that are given back', () => {
  it('are taken again, by those who ask for that length', () => {
    const buffer = pool.takeLarge(100_000);
    pool.giveLarge(buffer);
    expect(pool.takeLarge(100_001)).not.toBe(buffer);
    expect(pool.takeLarge(100_000)).toBe(buffer);
    expect(pool.takeLarge(100_000)).not.toBe(buffer);
  });

  it('are kept up to 64 MiB together', () => {
    const buffers = many(80, MIB);
    for (const buffer of buffers) pool.giveLarge(buffer);
    expect(kept(buffers)).toBe(64);
  });

  it('make way for those of the length that is in use', () => {
    const [old, current] = [many(60, MIB), many(64, 512 * KIB)];
    for (const buffer of [...old, ...current]) pool.giveLarge(buffer);
    expect(kept(current)).toBe(64);
    expect(kept(old)).toBe(32);
  });

  it('are not kept above 16 MiB each, nor where they are a part of one', () => {
    const [large, part] = [pool.takeLarge(16 * MIB + 1), new Uint8Array(MIB).subarray(1)];
    pool.giveLarge(large);
    pool.giveLarge(part);
    expect(kept([large, part])).toBe(0);
  });
});

describe('buffers that are lent', () => {
  it('come back by the view that claimed them, once', () => {
    const buffer = pool.takeLarge(MIB);
    pool.lendLarge(buffer);
    const [view, other] = [new Float32Array(buffer.buffer), new Float32Array(buffer.buffer)];
    pool.claimLarge(view);
    pool.returnLarge(other);
    expect(kept([buffer])).toBe(0);
    pool.returnLarge(view);
    pool.returnLarge(view);
    expect(pool.takeLarge(MIB).buffer).toBe(buffer.buffer);
    expect(pool.takeLarge(MIB).buffer).not.toBe(buffer.buffer);
  });

  it('come back by the new view only once they are lent again', () => {
    const buffer = pool.takeLarge(MIB);
    const old = new Float32Array(buffer.buffer);
    for (const view of [old, new Float32Array(buffer.buffer)]) {
      pool.lendLarge(buffer);
      pool.claimLarge(view);
      if (view === old) pool.returnLarge(old);
    }
    expect(pool.takeLarge(MIB).buffer).toBe(buffer.buffer);
    pool.returnLarge(old);
    expect(kept([buffer])).toBe(0);
  });

  it('are nobody’s who has not got them: a claim to other memory is void', () => {
    const own = new Float32Array(MIB);
    pool.claimLarge(own);
    pool.returnLarge(own);
    expect(pool.takeLarge(own.byteLength).buffer).not.toBe(own.buffer);
  });

  it('do not come back when they were transferred, before or afterwards', () => {
    for (const before of [true, false]) {
      const buffer = pool.takeLarge(MIB);
      const view = new Float32Array(buffer.buffer);
      pool.lendLarge(buffer);
      pool.claimLarge(view);
      if (!before) pool.returnLarge(view);
      structuredClone(0, { transfer: [buffer.buffer as ArrayBuffer] });
      if (before) pool.returnLarge(view);
      expect(pool.takeLarge(MIB)).toHaveLength(MIB);
    }
  });

  it('keeps none alive: a look at what is young frees those that nobody has any more', () => {
    const lendMany = (count: number): void => {
      for (let i = 0; i < count; i += 1) {
        const buffer = pool.takeLarge(MIB);
        pool.lendLarge(buffer);
        pool.claimLarge(new Float32Array(buffer.buffer));
      }
    };
    lendMany(200);
    for (let i = 0; i < 3; i += 1) collect({ type: 'major' }); // what the pool keeps account with is old from now on
    const before = process.memoryUsage().arrayBuffers;
    lendMany(20); // fewer than V8 looks for by itself
    for (let i = 0; i < 3; i += 1) collect({ type: 'minor' }); // what one has found, the next tells of
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(MIB);
  });
});
