import { constants, PerformanceObserver, type PerformanceEntry } from 'node:perf_hooks';
import { afterEach, expect, it } from 'vitest';
import { fillHeap } from '../../src/memory/fillHeap.js';

const observers: PerformanceObserver[] = [];

afterEach(() => {
  for (const observer of observers.splice(0)) observer.disconnect();
});

interface Collection extends PerformanceEntry {
  readonly detail: { readonly kind: number };
}

/** Counts the scavenges while `action` runs. */
async function scavengesOf(action: () => void): Promise<number> {
  let count = 0;
  const observer = new PerformanceObserver((list) => {
    for (const { detail } of list.getEntries() as Collection[]) {
      if (detail.kind === constants.NODE_PERFORMANCE_GC_MINOR) count += 1;
    }
  });
  observers.push(observer);
  observer.observe({ entryTypes: ['gc'] });
  action();
  await new Promise((told) => setImmediate(told)); // entries are told in a task of their own
  await new Promise((told) => setImmediate(told));
  return count;
}

it('lets V8 scavenge, in proportion to the bytes of buffers', async () => {
  const of64MiB = await scavengesOf(() => {
    for (let i = 0; i < 1024; i += 1) fillHeap(65_536);
  });
  const of1GiB = await scavengesOf(() => {
    for (let i = 0; i < 16 * 1024; i += 1) fillHeap(65_536);
  });
  expect(of1GiB).toBeGreaterThan(Math.max(8, of64MiB * 4)); // a semi-space has 16 MiB at most, and 1 GiB fills 256 MiB
});

it('takes no more for one large buffer than an array of the young generation at a time', async () => {
  const before = process.memoryUsage().heapUsed;
  const scavenges = await scavengesOf(() => fillHeap(1024 * 1024 * 1024));
  expect(scavenges).toBeGreaterThan(8);
  expect(process.memoryUsage().heapUsed - before).toBeLessThan(64 * 1024 * 1024);
});
