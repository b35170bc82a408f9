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
  codec: ['inside 20.5, outside 21', 'inside 19.75, outside 22'],
  frame: ['2 samples of cf32, 7.1 MHz', 'quieter: 0.5 0 0 0.5', 'on the wire: 96 + 16 bytes', 'back: 0.5 0 0 0.5'],
  fromPull: ['frame 0: 1024 samples, -3.0 dB', 'frame 1: 1024 samples, -9.0 dB', 'frame 2: 1024 samples, -15.1 dB'],
  fromSub: ['stream 1, frame 1: 1 -1', 'stream 1, frame 3: 3 -3', 'stream 1, frame 5: 5 -5'],
  reply: ['1 1 -> 1 -1', '2 2 -> 2 -2'],
  request: ['88.2 MHz: locked', '433.92 MHz: no signal', '102.5 MHz: locked'],
  requester: ['gain 40, squelch 12'],
  topic: ['quotes.EURUSD: 1.0841 / 1.0843', 'quotes.USDJPY: 151.2 / 151.22'],
  toPub: [
    'subscribers: 1',
    'subscribers: 2',
    'stream 7, frame 0 published',
    'stream 7, frame 1 published',
    'stream 7, frame 2 published',
  ],
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
