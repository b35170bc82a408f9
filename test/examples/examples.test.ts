import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
const examples = readdirSync(`${root}examples`)
  .filter((name) => name.endsWith('.ts'))
  .map((name) => name.slice(0, -'.ts'.length));

/** What each example prints, line by line. */
const printed: Readonly<Record<string, readonly string[]>> = {
  bounded: ['reading 0', 'reading 97', 'reading 98', 'reading 99', 'the newest three were kept'],
  codec: ['inside 20.5, outside 21', 'inside 19.75, outside 22'],
  demand: ['300 shown, never more than 100 on their way: true'],
  demandByHand: ['block 1 played, 1 read', 'block 2 played, 2 read', 'block 3 played, 3 read', '3 read in all'],
  demandPairs: [
    'frame 1 with reference 1',
    'frame 2 with reference 2',
    'frame 3 with reference 3',
    '3 references read',
  ],
  frame: ['2 samples of cf32, 7.1 MHz', 'quieter: 0.5 0 0 0.5', 'on the wire: 96 + 16 bytes', 'back: 0.5 0 0 0.5'],
  fromIterable: ['"name": "rxzmq",', '"license": "Apache-2.0",'],
  fromPull: ['frame 0: 1024 samples, -3.0 dB', 'frame 1: 1024 samples, -9.0 dB', 'frame 2: 1024 samples, -15.1 dB'],
  fromSub: ['stream 1, frame 1: 1 -1', 'stream 1, frame 3: 3 -3', 'stream 1, frame 5: 5 -5'],
  iterate: ['reading 1', 'reading 2', 'reading 3', 'a few more were under way'],
  latest: ['received on 88 MHz', 'received on 103 MHz'],
  pacedMap: [
    'recording 1 transcribed, 3 read',
    'recording 2 transcribed, 3 read',
    'recording 3 transcribed, 3 read',
    'done',
  ],
  quickStart: [
    'frame 0: peak 1.000',
    'frame 25: peak 1.000',
    'frame 50: peak 1.000',
    'frame 75: peak 1.000',
    'all delivered',
  ],
  password: ['Is it me? Yes.', 'ERR_REQUEST_TIMEOUT because of ERR_SECURITY'],
  release: ['frame 19: peak 19'],
  reply: ['1 1 -> 1 -1', '2 2 -> 2 -2'],
  request: ['88.2 MHz: locked', '433.92 MHz: no signal', '102.5 MHz: locked'],
  requester: ['gain 40, squelch 12'],
  tee: ['both have 10: 10 is shown, 1 read', 'both have 20: 20 is shown, 2 read', 'both have 30: 30 is shown, 3 read'],
  topic: ['quotes.EURUSD: 1.0841 / 1.0843', 'quotes.USDJPY: 151.2 / 151.22'],
  toPub: [
    'subscribers: 1',
    'subscribers: 2',
    'stream 7, frame 0 published',
    'stream 7, frame 1 published',
    'stream 7, frame 2 published',
  ],
  security: ['frame 0: 128 samples, in private', 'frame 1: 128 samples, in private'],
  toPush: [
    'frame 0: 1024 samples sent',
    'frame 1: 1024 samples sent',
    'frame 2: 1024 samples sent',
    'all of it is with the workers',
  ],
};

interface Ended {
  readonly code: number | null;
  readonly signal: string | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs an example as a user would: a process of its own, which has to end by itself. */
async function run(name: string): Promise<Ended> {
  // Plain variables: an example must not find itself in a test runner.
  const env = Object.fromEntries(Object.entries(process.env).filter(([key]) => !/^vitest|^node_env$/i.test(key)));
  const child = spawn(process.execPath, ['--import', 'tsx', `examples/${name}.ts`], {
    cwd: root,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: 30_000, // then it gets SIGTERM, and the signal shows below
  });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => resolve({ code, signal, stdout, stderr }));
  });
}

describe.concurrent.each(examples)('examples/%s.ts', (name) => {
  it('runs, prints what it should, ends by itself and complains of nothing', { timeout: 40_000 }, async () => {
    const stdout = [...(printed[name] ?? ['(add it to `printed`)']), ''].join('\n');

    expect(await run(name)).toEqual({ code: 0, signal: null, stdout, stderr: '' });
  });

  it('is one region for the docs, called main: what is pasted is what was run', () => {
    const text = readFileSync(`${root}examples/${name}.ts`, 'utf8');

    expect(text.match(/#(end)?region.*/g)).toEqual(['#region main', '#endregion main']);
    expect(text.startsWith('// #region main\nimport ')).toBe(true);
    expect(text.endsWith('\n// #endregion main\n')).toBe(true);
    expect(text).toMatch(/ from 'rxzmq';$/m);
    expect(text.split('\n').length).toBeLessThanOrEqual(30); // short enough to be read
  });
});

it('expects nothing of an example that is gone', () => {
  expect(Object.keys(printed).sort()).toEqual([...examples].sort());
});
