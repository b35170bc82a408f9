import { createHash } from 'node:crypto';
import { describe, expect, it, vi } from 'vitest';

const sha512 = (...parts: readonly Uint8Array[]): string => {
  const hash = createHash('sha512');
  for (const part of parts) hash.update(part);
  return hash.digest('hex');
};

function shared(length: number, value: number): Uint8Array {
  return new Uint8Array(new SharedArrayBuffer(length)).fill(value);
}

describe.each(['in a thread', 'where there may be none'])('the SHA-512 of a recording, %s', (where) => {
  const load = async () => {
    vi.resetModules();
    vi.doMock('node:worker_threads', async (original) => {
      const threads = await original<typeof import('node:worker_threads')>();
      if (where === 'in a thread') return threads;
      return {
        ...threads,
        Worker: function refuse() {
          throw new Error('not allowed');
        },
      };
    });
    const { HashThread } = await import('../../src/sigmf/writing/HashThread.js');
    return new HashThread();
  };

  it('is that of all bytes, whatever becomes of their memory afterwards', async () => {
    const hash = await load();
    const bytes = shared(100_000, 1);
    await hash.add(bytes);
    bytes.fill(2);
    await hash.add(bytes);
    expect(await hash.digest()).toBe(sha512(new Uint8Array(100_000).fill(1), new Uint8Array(100_000).fill(2)));
    hash.close();
  });

  it('leaves out what was not kept', async () => {
    const hash = await load();
    await hash.add(shared(10, 1));
    await hash.add(shared(10, 2));
    await hash.keep(4);
    await hash.add(shared(1, 3));
    expect(await hash.digest()).toBe(sha512(new Uint8Array([...Array<number>(10).fill(1), 2, 2, 2, 2, 3])));
    hash.close();
  });
});
