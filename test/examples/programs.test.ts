import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { filter, firstValueFrom, interval, lastValueFrom, map, of, ReplaySubject, switchMap, take } from 'rxjs';
import { frame, fromPull, fromSub, pacedMap, request, toPush } from 'rxzmq';
import { afterEach, describe, expect, it } from 'vitest';
import { bundledSources } from '../helpers/bundledSources.js';
import { Statuses } from '../helpers/Statuses.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const patience = 240_000; // for processes that start on a machine with other work
const running = new Set<ChildProcess>();

afterEach(() => {
  for (const child of running) child.kill('SIGKILL');
  running.clear();
});

interface Ended {
  readonly code: number | null;
  readonly signal: string | null;
  readonly complaints: string;
  readonly lines: string[];
}

const bundled = await bundledSources();

/** A program of examples/programs, as a user would start it. */
class Program {
  readonly child: ChildProcess;
  output = '';
  complaints = '';
  readonly #ended: Promise<{ code: number | null; signal: string | null }>;
  readonly #woken = new Set<() => void>();

  constructor(name: string, ...args: string[]) {
    // Plain variables: a program must not find itself in a test runner.
    const env = Object.fromEntries(Object.entries(process.env).filter(([key]) => !/^vitest|^node_env$/i.test(key)));
    const command = ['--import', 'tsx', `examples/programs/${name}.ts`, ...args];
    const child = spawn(process.execPath, command, {
      cwd: root,
      env: { ...env, ...bundled },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.child = child;
    running.add(child);
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      this.output += text;
      for (const wake of this.#woken) wake();
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => (this.complaints += text));
    this.#ended = once(child, 'close').then(([code, signal]) => {
      running.delete(child);
      for (const wake of this.#woken) wake();
      return { code, signal };
    });
  }

  /** What it printed, once it has printed that. */
  async printed(pattern: RegExp): Promise<RegExpExecArray> {
    for (;;) {
      const found = pattern.exec(this.output);
      if (found) return found;
      if (!running.has(this.child))
        throw new Error(`it ended without ${String(pattern)}:\n${this.output}${this.complaints}`);
      await new Promise<void>((resolve) => {
        const wake = (): void => {
          this.#woken.delete(wake);
          resolve();
        };
        this.#woken.add(wake);
      });
    }
  }

  async stop(): Promise<void> {
    this.child.kill();
    await this.#ended;
  }

  /** How it ended, by itself. */
  async ended(): Promise<Ended> {
    return { ...(await this.#ended), complaints: this.complaints, lines: this.output.trim().split('\n') };
  }
}

it.each(readdirSync(`${root}examples/programs`))(
  'examples/programs/%s is one region for the docs, called main',
  (name) => {
    const text = readFileSync(`${root}examples/programs/${name}`, 'utf8');

    expect(text.match(/#(end)?region.*/g)).toEqual(['#region main', '#endregion main']);
    expect(text.startsWith('// #region main\nimport ')).toBe(true);
    expect(text.endsWith('\n// #endregion main\n')).toBe(true);
    expect(text).toMatch(/ from 'rxzmq(\/savant|\/sigmf)?';$/m);
    expect(text.split('\n').length).toBeLessThanOrEqual(90);
  },
);

describe('examples/programs', () => {
  it.each([
    { first: 'send', second: 'receive' },
    { first: 'receive', second: 'send' },
  ])('send.ts reaches receive.ts, with $first ahead of $second', { timeout: patience }, async ({ first, second }) => {
    const folder = mkdtempSync(join(tmpdir(), 'rxzmq-'));
    const endpoint = `ipc://${join(folder, 'first')}`; // a port that is free now may not be later
    try {
      const ahead = new Program(first, endpoint);
      await ahead.printed(/listening|retrying/);
      const ends = new Map([
        [first, ahead],
        [second, new Program(second, endpoint)],
      ]);
      const [sent, received] = [await ends.get('send')!.ended(), await ends.get('receive')!.ended()];

      expect(sent).toMatchObject({ code: 0, complaints: '' });
      expect(sent.lines).toContain('all delivered');
      expect(received).toMatchObject({ code: 0, complaints: '' });
      const frames = received.lines.filter((line) => line.startsWith('frame '));
      expect(frames).toEqual(Array.from({ length: 100 }, (_, n) => `frame ${n}: peak 0.50`));
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('halve.ts relays the samples of a running system', { timeout: patience }, async () => {
    const told = new Statuses();
    const radio = told
      .of('connected')
      .pipe(
        take(1), // however long the program takes to start
        switchMap(() => interval(1)),
        map(() => frame(new Float64Array([1, 0.5]), { sampleRate: 8000 })),
        toPush('tcp://127.0.0.1:*', { status: told }),
      )
      .subscribe();
    const program = new Program('halve', await told.endpoint(), 'tcp://127.0.0.1:*');
    await program.printed(/frame \d+: 1 samples/);
    const [, endpoint = ''] = await program.printed(/listening (tcp:\S+)/);

    expect(await firstValueFrom(fromSub(endpoint, { sampleType: 'cf64' }))).toMatchObject({
      samples: new Float64Array([0.5, 0.25]),
      sampleRate: 8000,
    });
    await program.stop();
    radio.unsubscribe();
  });

  it('detection.ts finds carriers, and survives who asks it for something else', { timeout: patience }, async () => {
    const service = new Program('detection', 'serve', 'tcp://127.0.0.1:*');
    const [, endpoint = ''] = await service.printed(/listening (tcp:\S+)/);
    const odd = of(new Int16Array(2)).pipe(request(endpoint, { timeoutMs: 200, onTimeout: (asked) => asked }));
    expect((await lastValueFrom(odd)).sampleType).toBe('ci16'); // what stands in for a reply

    const client = new Program('detection', 'ask', endpoint);
    expect(await client.ended()).toEqual({
      code: 0,
      signal: null,
      complaints: '',
      lines: ['a carrier at 1200 Hz', 'noise', 'a carrier at -2500 Hz'],
    });
    await service.stop();
    expect(service.complaints).toContain('the handler threw: ci16 is not for me');
  });

  it('slowConsumer.ts: the slow one loses, the fast one does not', { timeout: patience }, async () => {
    const { lines, ...end } = await new Program('slowConsumer').ended();

    expect(end).toEqual({ code: 0, signal: null, complaints: '' });
    expect(lines[0]).toBe('fast: 1000 received, 0 lost, of 1000');
    const [received, lost, all] = numbersIn(lines[1]);
    expect(lines[1]).toMatch(/^slow: /);
    expect(lost).toBeGreaterThan(0);
    expect(received! + lost!).toBe(all);
    expect(all).toBeGreaterThanOrEqual(1000);
    expect(lines[2]).toMatch(/^the publisher dropped \d+, and waited for nobody$/);
    expect(numbersIn(lines[2])[0]).toBeGreaterThanOrEqual(lost!);
    expect(lines).toHaveLength(3);
  });

  it('workers.ts has all its work done, by all its workers', { timeout: patience }, async () => {
    const { lines, ...end } = await new Program('workers').ended();

    expect(end).toEqual({ code: 0, signal: null, complaints: '' });
    expect(lines.sort()).toEqual(['30 recordings by 3 workers, the loudest is number 0', 'all dealt out']);
  });

  it('chaos.ts comes through two kills, and knows what it lost', { timeout: patience }, async () => {
    const { lines, ...end } = await new Program('chaos').ended();

    expect(end).toEqual({ code: 0, signal: null, complaints: '' });
    expect(lines.filter((line) => line === 'the radio is connected')).toHaveLength(3);
    const gaps = lines.filter((line) => line.startsWith('lost: ')).map((line) => numbersIn(line)[0]!);
    expect(gaps.length).toBeGreaterThanOrEqual(2);
    const [received, lost, all] = numbersIn(lines.at(-1));
    expect(received).toBe(90);
    expect(lost).toBe(gaps.reduce((sum, missing) => sum + missing, 0));
    expect(received! + lost!).toBe(all);
  });

  it('fmToWav.ts writes the tone that was sent', { timeout: patience }, async () => {
    const folder = mkdtempSync(join(tmpdir(), 'rxzmq-'));
    const path = join(folder, 'tone.wav');
    try {
      const { lines, ...end } = await new Program('fmToWav', path).ended();

      expect(end).toEqual({ code: 0, signal: null, complaints: '' });
      expect(lines).toEqual([`1 s of sound in ${path}`]);
      const wav = readFileSync(path);
      expect(wav.subarray(0, 4).toString()).toBe('RIFF');
      expect(wav.readUInt32LE(4)).toBe(wav.length - 8);
      expect(wav.subarray(8, 16).toString()).toBe('WAVEfmt ');
      expect([wav.readUInt16LE(20), wav.readUInt16LE(22), wav.readUInt32LE(24)]).toEqual([1, 1, 48_000]);
      expect([wav.readUInt32LE(28), wav.readUInt16LE(32), wav.readUInt16LE(34)]).toEqual([96_000, 2, 16]);
      expect(wav.readUInt32LE(40)).toBe(96_000);
      const sound = Array.from({ length: 48_000 }, (_, n) => wav.readInt16LE(44 + 2 * n) / 32_768);
      const upwards = sound.filter((value, n) => n > 0 && value >= 0 && sound[n - 1]! < 0).length;
      expect(Math.abs(upwards - 1050)).toBeLessThanOrEqual(1); // Hz, as it lasts a second
      expect(Math.max(...sound)).toBeCloseTo(0.8, 1); // of the deviation
      // and nothing but the tone: across the borders of frames, too
      const phase = (n: number) => (2 * Math.PI * 1050 * n) / 48_000;
      const part = (wave: (angle: number) => number) =>
        (2 / 48_000) * sound.reduce((sum, value, n) => sum + value * wave(phase(n)), 0);
      const [sine, cosine] = [part(Math.sin), part(Math.cos)];
      const off = sound.map((value, n) => value - sine * Math.sin(phase(n)) - cosine * Math.cos(phase(n)));
      expect(Math.max(...off.map(Math.abs))).toBeLessThan(0.01);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('service.ts delivers what it has taken after SIGTERM, and exits with 0', { timeout: patience }, async () => {
    const service = new Program('service', 'tcp://127.0.0.1:*', 'tcp://127.0.0.1:*');
    const [, input = ''] = await service.printed(/input listening (tcp:\S+)/);
    const [, output = ''] = await service.printed(/output listening (tcp:\S+)/);

    // A worker that has its hands full: what the kernel does not take waits in the service.
    const free = new ReplaySubject<number>();
    const received: number[] = [];
    const arrived = new ReplaySubject<number>(1);
    const worker = fromPull(output, { sampleType: 'cf32', highWaterMark: 1 })
      .pipe(
        pacedMap(({ samples: [i = 0] }) =>
          free.pipe(
            take(1),
            map(() => i),
          ),
        ),
      )
      .subscribe((i) => arrived.next(received.push(i)));
    const feed = interval(1)
      .pipe(
        map((n) => new Float32Array(65_536).fill(n)),
        toPush(input, { bind: false }),
      )
      .subscribe();
    await service.printed(/frame 80 taken/);
    service.child.kill('SIGTERM');
    await service.printed(/stopping/);
    feed.unsubscribe();
    expect(received).toEqual([]);
    free.next(0);
    const { lines, ...end } = await service.ended();

    expect(end).toEqual({ code: 0, signal: null, complaints: '' });
    const taken = lines.filter((line) => line.endsWith(' taken')).length;
    expect(lines.indexOf('all delivered')).toBeGreaterThan(lines.indexOf('stopping'));
    await firstValueFrom(arrived.pipe(filter((count) => count >= taken)));
    expect(received).toEqual(Array.from({ length: taken }, (_, n) => 2 * n));
    worker.unsubscribe();
  });
});

function numbersIn(line = ''): number[] {
  return (line.match(/\d+/g) ?? []).map(Number);
}
