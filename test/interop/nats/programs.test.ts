import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { dirname, join } from 'node:path';
import { interval, map, take } from 'rxjs';
import { frame, fromPull, fromSub, toPub } from 'rxzmq';
import { describe, expect, it, onTestFinished } from 'vitest';
import { NatsServer } from './NatsServer.js';
import { isHere, python, servers } from './place.mjs';
import { all } from './streams.js';

/** A program of doppler, ended with the test. */
function program(name: string, args: readonly string[], before: readonly string[] = []): ChildProcess {
  const [command, ...rest] = [...before, join(dirname(python), name), ...args];
  const child = spawn(command!, rest, { stdio: ['ignore', 'pipe', 'ignore'] });
  const exited = once(child, 'exit');
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await exited;
  });
  return child;
}

describe.runIf(isHere).each(servers)('the programs of doppler over $name nats-server', ({ path }) => {
  it('wfmgen publishes to fromSub, which completes with it', async () => {
    const server = await NatsServer.start({ path });
    const got = all(fromSub(server.at('iq')));
    await server.subscribed('iq.iq.CF32');
    const tone = ['--type', 'tone', '--fs', '48000', '--freq', '12000', '--count', '10000'];
    program('wfmgen', [...tone, '--output', server.at('iq')]);
    const frames = await got;
    expect(frames.reduce((sum, { numSamples }) => sum + numSamples, 0)).toBe(10_000);
    expect(frames.map(({ sequence }) => sequence)).toEqual(frames.map((_, i) => i));
    const [first] = frames;
    expect(first).toMatchObject({ sampleType: 'cf32', sampleRate: 48_000 });
    [1, 0, 0, 1, -1, 0, 0, -1].forEach((value, i) => expect(first!.samples[i]).toBeCloseTo(value, 3));
  });

  it('doppler-source pushes to fromPull', async () => {
    const server = await NatsServer.start({ path });
    program('doppler-source', ['--type', 'tone', '--bind', server.at('source'), '--fs', '48000']);
    const frames = await all(fromPull(server.at('source')).pipe(take(5)));
    expect(frames.map(({ sequence }) => sequence)).toEqual([0, 1, 2, 3, 4]);
    expect(frames[0]).toMatchObject({ sampleType: 'cf64', sampleRate: 48_000 });
  });

  it('doppler-specan shows the spectrum of what toPub sends', async () => {
    const server = await NatsServer.start({ path });
    // it draws on a terminal alone
    const terminal = [python, '-c', 'import pty, sys; pty.spawn(sys.argv[1:])'];
    const specan = program('doppler-specan', ['--source', 'socket', '--address', server.at('iq')], terminal);
    let screen = '';
    specan.stdout!.setEncoding('utf8').on('data', (text: string) => (screen += text));
    await server.subscribed('iq.iq.CF32');
    const samples = Float32Array.from({ length: 8192 }, (_, i) => Math.cos((Math.PI / 2) * ((i >> 1) - (i & 1))));
    const tone = frame(samples, { sampleRate: 48_000, centerFreq: 1e6 });
    const sending = interval(20).pipe(
      map(() => tone),
      toPub(server.at('iq')),
    );
    const subscription = sending.subscribe();
    onTestFinished(() => subscription.unsubscribe());
    while (!/Fc: 1MHz/.test(screen) || !/█/.test(screen)) await once(specan.stdout!, 'data');
  });
});
