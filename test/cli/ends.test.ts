import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { firstValueFrom, lastValueFrom, NEVER, of, Subject, take } from 'rxjs';
import { fromIterable, fromPull, json, pacedMap } from 'rxzmq';
import { readSigmf, toSigmf } from 'rxzmq/sigmf';
import { describe, expect, it, onTestFinished } from 'vitest';
import { nobodyAt } from '../helpers/nobodyAt.js';
import { radio, serve, temporaryFolder, tones } from './support/peers.js';
import { start } from './support/program.js';

describe('Ctrl-C and SIGTERM', { timeout: 60_000 }, () => {
  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('%s ends a recording with all that it says', async (signal) => {
    const path = join(temporaryFolder(), 'rec');
    const run = start(['record', await radio(), path, '--json']);
    await run.says(/"event":"progress".*"frames":[1-9]/);
    run.child.kill(signal);
    expect(await run.ended, run.err).toEqual({ code: 0, signal: null });
    const last = JSON.parse(run.out.trimEnd().split('\n').at(-1)!) as { event: string; samples: number; lost: number };
    expect(last).toMatchObject({ event: 'end', lost: 0 });
    const [recording] = await readSigmf(path, { verify: 'sha512' });
    expect(recording!.numSamples).toBe(last.samples);
  });

  it('ends at once while nobody answers', async () => {
    const run = start(['listen', await nobodyAt()]);
    await run.says(/nobody answers/);
    run.child.kill('SIGINT');
    expect(await run.ended).toEqual({ code: 0, signal: null });
  });

  it('ends at once while nobody takes anything', async () => {
    const run = start(['send', 'tcp://127.0.0.1:*']);
    await run.says(/listening at/);
    run.child.kill('SIGINT');
    expect(await run.ended, run.err).toEqual({ code: 0, signal: null });
  });

  it('delivers what it has accepted', async () => {
    const run = start(['send', 'tcp://127.0.0.1:*', '--rate', '1M', '--block', '1000', '--json']);
    const [, endpoint] = await run.says(/listening at (\S+)/);
    const frames: number[] = [];
    const pulling = fromPull(endpoint!).subscribe(({ sequence }) => frames.push(sequence));
    onTestFinished(() => pulling.unsubscribe());
    await run.says(/"event":"progress".*"frames":[1-9]/);
    run.child.kill('SIGINT');
    expect((await run.ended).code, run.err).toBe(0);
    const { frames: sent } = JSON.parse(run.out.trimEnd().split('\n').at(-1)!) as { frames: number };
    expect(sent).toBeGreaterThan(0);
    await expect.poll(() => frames.length, { timeout: 20_000 }).toBe(sent);
    expect(frames).toEqual(frames.map((_, i) => i));
  });

  it('a second one ends it whatever is left', async () => {
    const run = start(['send', 'tcp://127.0.0.1:*', '--rate', '100M', '--block', '65536', '--json']);
    const [, endpoint] = await run.says(/listening at (\S+)/);
    // A peer that takes one frame and then nothing more: what was accepted cannot leave.
    const stalled = new Subject<unknown>();
    const pulling = fromPull(endpoint!)
      .pipe(pacedMap((value) => (stalled.next(value), NEVER)))
      .subscribe();
    onTestFinished(() => pulling.unsubscribe());
    await firstValueFrom(stalled);
    await run.says(/"frames":(\d+),.*\n.*"frames":\1,/); // all marks are reached
    run.child.kill('SIGINT');
    run.child.kill('SIGINT'); // the same press, seen twice
    await run.says(/Ctrl-C again ends at once/);
    run.child.kill('SIGINT');
    expect(await run.ended).toEqual({ code: 130, signal: null });
    expect(run.err).toContain('not everything was sent');
  });
});

describe('a reader that goes', { timeout: 60_000 }, () => {
  it('ends listen without a word', async () => {
    const run = start(['listen', await radio()]);
    await once(run.stdout, 'data');
    run.stdout.destroy();
    expect(await run.ended).toEqual({ code: 0, signal: null });
    expect(run.err).not.toMatch(/EPIPE|^ +at /m);
  });

  it('ends a relay to the standard output', async () => {
    const run = start(['relay', await radio(), '-', '--convert', 'ci8']);
    await once(run.stdout, 'data');
    run.stdout.destroy();
    expect((await run.ended).code).toBeLessThan(2);
    expect(run.err).not.toMatch(/^ +at /m);
  });

  it('ends help', async () => {
    const run = start(['--help'], { shell: 'RXZMQ | head -1' });
    expect((await run.ended).code).toBe(0);
    expect(run.err).toBe('');
  });
});

describe('a full disk', { timeout: 60_000 }, () => {
  it('ends a recording with one line, and keeps what was written', async () => {
    const path = join(temporaryFolder(), 'rec');
    // 64 blocks of 1024 bytes; a file above that is an error of the system
    const run = start(['record', await radio(), path], { shell: "trap '' XFSZ; ulimit -f 64; RXZMQ" });
    expect((await run.ended).code, run.out + run.err).toBe(1);
    expect(run.err).toMatch(/EFBIG|larger than it may be/);
    expect(run.err).toMatch(/\d+ samples are kept in .*rec\.sigmf-data/);
    expect(run.err).not.toMatch(/^ +at /m);
    expect(existsSync(`${path}.sigmf-meta`)).toBe(true);
  });

  it.each([
    'listen tone --json',
    'listen tone --code',
    'info tone',
    'relay tone -',
    'scope tone --seconds 1',
    'record tone copy --json',
    'completion bash',
    '--help',
  ])('under the standard output is told once, and fails: %s', async (line) => {
    const cwd = temporaryFolder();
    await lastValueFrom(of(tones(5000).next().value).pipe(toSigmf(join(cwd, 'tone'))));
    const run = start(line.split(' '), { cwd, shell: 'RXZMQ > /dev/full' });
    expect((await run.ended).code, run.err).toBe(1);
    expect(run.err.match(/ENOSPC/g), run.err).toHaveLength(1);
    expect(run.err).toMatch(
      /^rxzmq: (the standard output cannot be written: ENOSPC: no space left on device|write .*)$/m,
    );
    expect(run.err).not.toMatch(/^ +at /m);
  });
});

describe('an endpoint', { timeout: 60_000 }, () => {
  it('where nobody is: says so, goes on, and takes who comes', async () => {
    const endpoint = await nobodyAt();
    const run = start(['listen', endpoint, '--count', '2']);
    await run.says(/nobody answers at \S+; it is tried again/);
    start(['send', endpoint, '--signal', 'tone']);
    expect((await run.ended).code, run.err).toBe(0);
    expect(run.out.trim().split('\n')).toHaveLength(2);
  });

  it('where nobody comes: a failure, after the time it was given', async () => {
    const run = start(['listen', await nobodyAt(), '--pull', '--seconds', '2.5']);
    expect((await run.ended).code).toBe(1);
    expect(run.err).toContain('nothing came from');
  });

  it('does not tell of visitors that ask what it is, and does not say that it refuses', async () => {
    const run = start(['send', 'tcp://127.0.0.1:*']);
    const [, endpoint = ''] = await run.says(/listening at (\S+)/);
    await start(['listen', endpoint, '--count', '1']).ended;
    await run.says(/the peer at \S+ is gone/);
    expect(run.err).not.toMatch(/handshake|refuses|turned away/);
    const wrong = ['--pull', '--security', 'plain', '--username', 'bob', '--password', 'env:WORD'];
    start(['listen', endpoint, ...wrong], { env: { WORD: 'x' } });
    await run.says(/a peer was turned away at \S+: the peer's security is 'PLAIN', ours is NULL/);
    expect(run.err).not.toContain('refuses');
  });

  it.each([
    ['listen HERE --seconds 0.5', 'nothing came from HERE'],
    ['relay HERE out.cf32 --seconds 0.5', 'nothing came from HERE'],
    ['send HERE --connect --seconds 0.5', 'nobody took anything at HERE'],
    ['send HERE - --codec text --connect --seconds 0.5', 'nobody took anything at HERE'],
    ['replay tone HERE --connect --seconds 0.5', 'nobody took anything at HERE'],
    ['relay tone HERE --connect --seconds 0.5', 'nobody took anything at HERE'],
  ])('where nobody says what it is: the time ends too: %s', async (line, says) => {
    const [cwd, here] = [temporaryFolder(), await nobodyAt()];
    await lastValueFrom(of(tones(5000).next().value).pipe(toSigmf(join(cwd, 'tone'))));
    const run = start(line.replace('HERE', here).split(' '), { cwd });
    expect((await run.ended).code, run.err).toBe(1);
    expect(run.err).toBe(`rxzmq: ${says.replace('HERE', here)}\n`);
  });

  it('with another codec: says which it looks like', async () => {
    const endpoint = await serve(
      fromIterable(
        (function* () {
          for (;;) yield { mhz: 98.5 };
        })(),
      ),
      'push',
      { codec: json() },
    );
    const run = start(['listen', endpoint]);
    await run.says(/messages from \S+ cannot be read: .*--codec json reads it/);
    run.child.kill('SIGINT');
    expect((await run.ended).code).toBe(0);
  });

  it('that has no peers yet costs a refused handshake, and no message', async () => {
    const endpoint = await serve(fromIterable(tones()).pipe(take(3)), 'push');
    const run = start(['listen', endpoint, '--count', '3']);
    expect((await run.ended).code, run.err).toBe(0);
    expect(
      run.out
        .trim()
        .split('\n')
        .map((line) => line.split(' ')[0]),
    ).toEqual(['#0', '#1', '#2']);
  });
});
