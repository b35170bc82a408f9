import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { fromPull } from 'rxzmq';
import { describe, expect, it } from 'vitest';
import { virtualTime } from '../../src/testing/index.js';

describe('node:test', () => {
  it('runs it, and ends by itself', { timeout: 240_000 }, () => {
    const program = fileURLToPath(new URL('programs/nodeTest.ts', import.meta.url));
    const env = Object.fromEntries(Object.entries(process.env).filter(([key]) => !/^vitest|^node_/i.test(key)));
    const args = ['--import', 'tsx', '--test-reporter', 'tap', '--test', program];
    const { stdout, status } = spawnSync(process.execPath, args, { env, encoding: 'utf8', timeout: 240_000 });

    expect(stdout).toMatch(/^# pass 3$/m);
    expect(stdout).toMatch(/^# fail 0$/m);
    expect(status).toBe(0);
  });
});

describe('any runner', () => {
  it('gets nothing back, as jest wants it, and an error as assert throws it', () => {
    expect(virtualTime(() => 1 as never)).toBeUndefined();
    expect(() =>
      virtualTime(({ feed, expectObservable }) => {
        feed('inproc://in', 'a');
        expectObservable(fromPull('inproc://in')).toBe('-a');
      }),
    ).toThrow(expect.objectContaining({ name: 'AssertionError', code: 'ERR_ASSERTION' }));
  });

  it('may have matchers of its own: what has asymmetricMatch is asked', () => {
    const anySequence = { asymmetricMatch: (value: unknown) => Number.isInteger(value) };
    virtualTime(({ feed, expectObservable }) => {
      feed('inproc://in', 'ab');
      const frame = {
        samples: { asymmetricMatch: (samples: Float32Array) => samples.length === 2 },
        sequence: anySequence,
      };
      expectObservable(fromPull('inproc://in')).toBe('ab', { a: frame, b: frame });
    });
  });
});
