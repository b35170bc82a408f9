import { once } from 'node:events';
import { filter, firstValueFrom, interval, Subject, take, toArray } from 'rxjs';
import { fromPull, json, toPush, type SocketStatus } from 'rxzmq';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startDemo, type Run } from './run.js';

function start(args: readonly string[], env?: NodeJS.ProcessEnv, shell?: boolean): Run {
  const run = startDemo(args, env, shell);
  onTestFinished(() => void run.child.kill('SIGKILL'));
  return run;
}

describe('npm run demo without a terminal', { timeout: 240_000 }, () => {
  it('draws the signal of its second process, ends by itself and sums up', async () => {
    const run = start(['--seconds', '3']);
    expect(await run.ended, run.output()).toEqual({ code: 0, signal: null });

    const [, frames, lost, rate] = /summary: (\d+) frames, lost (\d+), (\S+) MS\/s/.exec(run.output())!;
    expect(Number(frames)).toBeGreaterThan(100);
    expect(Number(lost)).toBe(0);
    expect(Number(rate)).toBeGreaterThan(1);
    expect(Number(rate)).toBeLessThan(3);
    expect(run.output()).toMatch(/connected to tcp:\/\/127\.0\.0\.1:\d+/);
    expect(run.output()).toMatch(/MHz +433\.0/);
    expect(run.output()).toMatch(/^[\x20-\x7e\n]*$/);
  });

  it.each(['SIGINT', 'SIGTERM'] as const)('%s ends both processes tidily', async (signal) => {
    const run = start(['--seconds', '50']);
    await run.says(/connected to/);
    run.child.kill(signal);
    expect(await run.ended, run.output()).toEqual({ code: 0, signal: null });
    expect(run.output()).toContain('summary:');
  });

  it('takes two Ctrl-C for one, and one that comes before there is anything to see', async () => {
    const run = start(['--bind', '--seconds', '50']);
    await run.says(/sending cf64/);
    run.child.kill('SIGINT');
    run.child.kill('SIGINT');
    expect((await run.ended).code).toBe(0);
  });

  it('colours its pictures where it is told to', async () => {
    const run = start(['--seconds', '1.5'], { FORCE_COLOR: '3', LC_ALL: 'C.UTF-8' });
    expect((await run.ended).code).toBe(0);
    expect(run.output()).toMatch(/\x1b\[38;2;\d+;\d+;\d+m[▁-█]/);
  });

  it('leaves no sender behind when it is killed', async () => {
    const run = start(['--seconds', '50']);
    await run.says(/connected to/);
    run.child.kill('SIGKILL');
    expect((await run.ended).signal).toBe('SIGKILL'); // the sender holds stderr: this is its end too
  });

  it('ends when npm is killed and its shell with it', async () => {
    const run = start(['--seconds', '50'], { npm_lifecycle_event: 'demo' }, true);
    await run.says(/connected to/);
    run.child.kill('SIGTERM');
    expect((await run.ended).signal).toBe('SIGTERM'); // the shell's; the demo has closed its output as well
    expect(run.output()).toContain('summary:');
  });

  it('ends when nobody reads any more what it writes', async () => {
    const run = start(['--seconds', '50']);
    await run.says(/connected to/);
    run.child.stdout.destroy();
    expect((await run.ended).code).toBe(0);
    expect(run.output()).not.toContain('EPIPE');
  });

  it.each([
    [['--frequency', '5'], /--frequency/],
    [['--connect', 'somewhere'], /somewhere/],
    [['--bind', '--connect', 'tcp://127.0.0.1:5555'], /--connect and --bind/],
  ])('refuses %j with code 2', async (args, message) => {
    const run = start(args);
    expect((await run.ended).code).toBe(2);
    expect(run.output()).toMatch(message);
    expect(run.output()).toContain('--help');
    expect(run.output()).not.toMatch(/^ +at /m);
  });

  it('helps', async () => {
    const run = start(['--help']);
    expect((await run.ended).code).toBe(0);
    expect(run.output()).toContain('--connect <endpoint>');
  });
});

describe('npm run demo -- --bind', { timeout: 240_000 }, () => {
  it('serves frames at the rate they say', async () => {
    const run = start(['--bind', '--type', 'ci16']);
    const [, endpoint] = await run.says(/(tcp:\/\/127\.0\.0\.1:\d+)/);
    const frames = await firstValueFrom(fromPull(endpoint!).pipe(take(50), toArray()));
    expect(frames.map(({ sequence }) => sequence)).toEqual(frames.map((_, i) => i));
    expect(frames[0]).toMatchObject({ sampleType: 'ci16', sampleRate: 2.048e6, numSamples: 8192 });
    await run.says(/a receiver has gone/);
    run.child.kill('SIGTERM');
    expect((await run.ended).code).toBe(0);
  });

  it('says when it cannot have the port', async () => {
    const run = start(['--bind']);
    const [, endpoint] = await run.says(/(tcp:\/\/127\.0\.0\.1:\d+)/);
    const second = start(['--bind', endpoint!]);
    expect((await second.ended).code).toBe(1);
    expect(second.output()).toContain(endpoint);
    run.child.kill('SIGTERM');
    await run.ended;
  });
});

describe('npm run demo -- --connect', { timeout: 240_000 }, () => {
  it('shows what someone else sends, survives the end of it and takes up the next', async () => {
    const first = start(['--bind', '--type', 'ci8']);
    const [, endpoint] = await first.says(/(tcp:\/\/127\.0\.0\.1:\d+)/);
    const viewer = start(['--connect', endpoint!, '--seconds', '50']);
    await viewer.says(/connected to/);
    await first.says(/a receiver is there/);
    first.child.kill('SIGKILL');
    await once(first.child, 'exit');
    await viewer.says(/is gone, waiting for it/);

    const second = start(['--bind', endpoint!, '--type', 'ci32']);
    await second.says(/a receiver is there/);
    await viewer.says(/is gone[^]*connected to/);
    viewer.child.kill('SIGINT');
    expect((await viewer.ended).code).toBe(0);
    second.child.kill('SIGINT');
    expect((await second.ended).code).toBe(0);
  });

  it('says so when what comes are no frames', async () => {
    const told = new Subject<SocketStatus>();
    const listening = firstValueFrom(told.pipe(filter(({ kind }) => kind === 'listening')));
    const sending = interval(20)
      .pipe(toPush('tcp://127.0.0.1:*', { codec: json(), status: told, lingerMs: 0 }))
      .subscribe();
    onTestFinished(() => sending.unsubscribe());
    const run = start(['--connect', (await listening).endpoint, '--seconds', '50']);
    await run.says(/are no frames: /);
    run.child.kill('SIGINT');
    expect((await run.ended).code).toBe(0);
    expect(run.output()).not.toContain('Warning');
  });

  it('says that nothing came', async () => {
    const first = start(['--bind']);
    const [, endpoint] = await first.says(/(tcp:\/\/127\.0\.0\.1:\d+)/);
    first.child.kill('SIGTERM');
    await first.ended; // nobody listens there now
    const run = start(['--connect', endpoint!, '--seconds', '1']);
    expect((await run.ended).code).toBe(1);
    expect(run.output()).toContain('no frame came: nobody answers');
  });
});
