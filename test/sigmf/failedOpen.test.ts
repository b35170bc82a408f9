import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, rmdirSync } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { of } from 'rxjs';
import { toIqFile, toSigmf } from 'rxzmq/sigmf';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { all, failure, folder, numbered } from './support.js';

/** The files that were opened, and the ends of the threads that were begun. */
const opened = vi.hoisted(() => ({ files: [] as FileHandle[], threads: [] as Promise<unknown>[] }));

vi.mock('node:fs/promises', async (original) => {
  const files = await original<typeof import('node:fs/promises')>();
  const open: typeof files.open = async (...args) => {
    const handle = await files.open(...args);
    opened.files.push(handle);
    return handle;
  };
  return { ...files, open };
});

vi.mock('node:worker_threads', async (original) => {
  const threads = await original<typeof import('node:worker_threads')>();
  class Worker extends threads.Worker {
    constructor(...args: ConstructorParameters<typeof threads.Worker>) {
      super(...args);
      opened.threads.push(once(this, 'exit'));
    }
  }
  return { ...threads, Worker };
});

beforeEach(() => {
  opened.files = [];
  opened.threads = [];
});

/** All of them are closed, and there were some: a closed file has no descriptor. */
function expectClosed(): void {
  expect(opened.files.length).toBeGreaterThan(0);
  expect(opened.files.map(({ fd }) => fd)).toEqual(opened.files.map(() => -1));
}

describe('files that cannot be begun leave nothing open', () => {
  it('of SigMF, whose metadata cannot be written; once they can, the next attempt succeeds', async () => {
    const path = folder();
    mkdirSync(path('rec.sigmf-meta.tmp'));
    const recording = of(numbered(0)).pipe(toSigmf(path('rec')));
    expect(await failure(recording)).toMatchObject({ code: 'ERR_FILE', path: path('rec.sigmf-meta') });
    expectClosed();
    expect(opened.threads).toHaveLength(1);
    await Promise.all(opened.threads);
    expect(readdirSync(path())).toEqual(['rec.sigmf-meta.tmp']);
    rmdirSync(path('rec.sigmf-meta.tmp'));
    expect(await all(recording)).toHaveLength(1);
  });

  it('of SigMF, also those of the second of several recordings', async () => {
    const path = folder();
    mkdirSync(path('rec-0002.sigmf-meta.tmp'));
    const both = of(numbered(0), numbered(1, { sampleRate: 5 }));
    expect(await failure(both.pipe(toSigmf(path('rec'))))).toMatchObject({ path: path('rec-0002.sigmf-meta') });
    expectClosed();
    expect(opened.threads).toHaveLength(2);
    await Promise.all(opened.threads);
  });

  it.skipIf(!existsSync('/dev/full'))('of WAV, whose header cannot be written', async () => {
    const error = await failure(of(numbered(0)).pipe(toIqFile('/dev/full', { format: 'wav' })));
    expect(error).toMatchObject({ code: 'ERR_FILE', cause: { code: 'ENOSPC' } });
    expectClosed();
  });
});
