import { execFileSync, spawnSync } from 'node:child_process';
import { describe, expect, it, onTestFinished } from 'vitest';
import { radio } from '../support/peers.js';
import { start } from '../support/program.js';

const hasTmux = spawnSync('tmux', ['-V']).status === 0;
let count = 0;

/** A terminal of a size, with the scope in it. */
async function scope(columns: number, rows: number, ...options: string[]) {
  const socket = `rxzmq-test-${process.pid}-${count++}`;
  const tmux = (...args: string[]): string =>
    execFileSync('tmux', ['-L', socket, '-f', '/dev/null', ...args], { encoding: 'utf8' });
  onTestFinished(() => void spawnSync('tmux', ['-L', socket, 'kill-server']));
  const size = ['-x', String(columns), '-y', String(rows)];
  const started = start(['scope', await radio(), ...options], {
    shell: `tmux -L ${socket} -f /dev/null new-session -d ${size.join(' ')} -- RXZMQ; true`,
    env: { LC_ALL: 'C.UTF-8', TERM: 'xterm-256color' },
  });
  await started.ended;
  const screen = (): string => tmux('capture-pane', '-p');
  return {
    screen,
    press: (...keys: string[]) => void tmux('send-keys', ...keys),
    resize: (x: number, y: number) => void tmux('resize-window', '-x', String(x), '-y', String(y)),
    shows: (pattern: RegExp) => expect.poll(screen, { timeout: 20_000 }).toMatch(pattern),
    isOver: () =>
      expect.poll(() => spawnSync('tmux', ['-L', socket, 'has-session']).status, { timeout: 20_000 }).not.toBe(0),
  };
}

describe.runIf(hasTmux)('rxzmq scope on a terminal', { timeout: 90_000 }, () => {
  it('120 x 40: says what a signal person looks for, and follows keys', async () => {
    const { shows, press, isOver } = await scope(120, 40);
    // the tone stands an eighth of the rate above the centre, at half of full scale
    await shows(/peak -6\.0 at 434\.04\d+ MHz/);
    await shows(/RBW 979 Hz/);
    await shows(/2048 bins/);
    await shows(/connected to tcp/);
    press('b');
    await shows(/4096 bins/);
    press('w');
    await shows(/RBW 366 Hz/);
    press('p');
    await shows(/marker -6\.0 at 434\.04/);
    press(']');
    await shows(/MHz +43[34]\.\d+ +/);
    press('?');
    await shows(/up\/down reference/);
    press('q');
    await isOver();
  });

  it('80 x 24: has a picture and a legend of its colours', async () => {
    const { shows, press, isOver, resize } = await scope(80, 24, '--average', '1');
    await shows(/dBFS/);
    await shows(/MHz/);
    resize(40, 12);
    await shows(/peak -6\.0/);
    press('C-c');
    await isOver();
  });

  it('20 x 8: says the most important figures', async () => {
    const { shows, screen, press, isOver } = await scope(20, 8);
    await shows(/-6\.0 dBFS peak/);
    await shows(/at 434\.04\d* MHz/);
    expect(
      screen()
        .split('\n')
        .every((line) => line.length <= 20),
    ).toBe(true);
    press('q');
    await isOver();
  });
});

describe('rxzmq scope without a terminal', { timeout: 60_000 }, () => {
  it('draws a few pictures, sums up and ends', async () => {
    const run = start(['scope', await radio('pub'), '--seconds', '60', '--average', '1']);
    await run.says(/peak -6\.0 at 434\.04\d* MHz/);
    run.child.kill('SIGINT');
    expect((await run.ended).code, run.err).toBe(0);
    expect(run.out).toMatch(/summary: \d+ frames, lost \d+/);
    expect(run.out).toMatch(/^[\x20-\x7e\n]*$/);
  });

  it('gives figures as JSON', async () => {
    const run = start(['scope', await radio(), '--seconds', '60', '--json', '--bins', '1024', '--window', 'hann']);
    const [line] = await run.says(/^.*"spectrumPeak":\{.*$/m);
    const figures = JSON.parse(line) as { spectrumPeak: { frequency: number; dbfs: number } };
    expect(figures).toMatchObject({ bins: 1024, window: 'hann', sampleType: 'cf32', lost: 0 });
    expect(figures.spectrumPeak.frequency).toBeCloseTo(433.92e6 + 125e3, -3);
    expect(figures.spectrumPeak.dbfs).toBeCloseTo(-6.02, 1);
    run.child.kill('SIGINT');
    expect((await run.ended).code, run.err).toBe(0);
  });

  it('says that nothing came', async () => {
    const run = start(['scope', 'tcp://127.0.0.1:1', '--pull', '--seconds', '1']);
    expect((await run.ended).code).toBe(1);
    expect(run.err).toMatch(/no frame came from tcp:\/\/127\.0\.0\.1:1: nobody answers/);
  });
});
