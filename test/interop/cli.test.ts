import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createUser } from '@nats-io/nkeys';
import { lastValueFrom, toArray } from 'rxjs';
import { fromSigmf, readSigmf } from 'rxzmq/sigmf';
import { describe, expect, it, onTestFinished } from 'vitest';
import { rxzmq, start } from '../cli/support/program.js';
import { Flowgraph, hasGnuRadio } from './gnuradio/Flowgraph.js';
import { expectSamples } from './harness/expectations.js';
import { pattern } from './harness/patterns.js';
import { Peer } from './harness/Peer.js';
import { account } from './nats/credentials.js';
import { DopplerPeer } from './nats/DopplerPeer.js';
import { NatsServer } from './nats/NatsServer.js';
import { isHere, servers } from './nats/place.mjs';

// The command line, and what other people's programs make of it.

const META = { numSamples: 100, sampleRate: 1e6, centerFreq: 433.92e6 };

/** A path that is gone with the test. */
function place(name: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'rxzmq-cli-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return join(folder, name);
}

describe('doppler 0.21', () => {
  it('a Publisher is described, listened to, looked at and recorded', async () => {
    const publisher = Peer.start('publisher', '--type', 'ci16');
    publisher.order({ seed: 0, ...META });
    const endpoint = await publisher.bound();

    const info = await rxzmq(['info', endpoint, '--seconds', '0.5']);
    expect(info.code, info.err).toBe(0);
    expect(info.out).toMatch(/^type: +PUB .*\nformat: +SIGS frames\ncodec: +--codec sigs$/m);
    expect(info.out).toMatch(/^sample type: +ci16\nsamples: +100 a frame.*\nsample rate: +1\.000 MS\/s$/m);

    const listen = await rxzmq(['listen', endpoint, '--count', '3']);
    expect(listen.code, listen.err).toBe(0);
    expect(listen.out).toMatch(/^(#\d+ +100 ci16 +1\.000 MS\/s +433\.920 MHz.*\n){3}$/);

    const scope = await rxzmq(['scope', endpoint, '--seconds', '2', '--json']);
    expect(scope.code, scope.err).toBe(0);
    expect(scope.out).toMatch(/433920000/);

    const path = place('evening');
    const record = await rxzmq(['record', endpoint, path, '--samples', '2000']);
    expect(record.code, record.err).toBe(0);
    expect(await readSigmf(path, { verify: 'sha512' })).toMatchObject([
      { datatype: 'ci16_le', numSamples: 2000, sampleRate: 1e6 },
    ]);
    const [first] = await lastValueFrom(fromSigmf(path, { blockSamples: 100 }).pipe(toArray()));
    const seed = Array.from({ length: 100_000 }, (_, i) => i).find((one) => {
      const wanted = pattern('ci16', one, 100);
      return wanted.every((value, i) => value === first!.samples[i]);
    });
    expect(seed).toBeDefined(); // a whole frame as it was sent, whichever was the first
  });

  it('a Push is described and loses nothing by it; what is relayed and replayed reaches a Pull', async () => {
    const push = Peer.start('push', '--type', 'cf32');
    const endpoint = await push.bound();
    for (let seed = 0; seed < 5; seed += 1) push.order({ seed, ...META });
    const info = await rxzmq(['info', endpoint, '--seconds', '0.5']);
    expect(info.out, info.err).toMatch(/^type: +PUSH /m);

    const relay = start(['relay', endpoint, 'tcp://127.0.0.1:*', '--count', '5']);
    const [, to] = await relay.says(/listening at (\S+)/);
    const pull = Peer.start('pull', '--type', 'cf32', '--endpoint', to!);
    expect((await pull.take(5, 'frame')).map(({ header, matches }) => [header.sequence, matches])).toEqual(
      [0, 1, 2, 3, 4].map((sequence) => [sequence, true]),
    );
    expect((await relay.ended).code, relay.err).toBe(0);
    expect(relay.err).toMatch(/relayed 5 frames, 500 samples of cf32, .* lost 0/);

    for (let seed = 5; seed < 8; seed += 1) push.order({ seed, ...META });
    const path = place('kept');
    const record = await rxzmq(['record', endpoint, path, '--samples', '300']);
    expect(record.err).toMatch(/3 frames, 300 samples of cf32/);
    const replay = start(['replay', path, 'tcp://127.0.0.1:*', '--fast']);
    const [, again] = await replay.says(/listening at (\S+)/);
    const second = Peer.start('pull', '--type', 'cf32', '--endpoint', again!);
    const seen = await second.next('frame');
    const bytes = Buffer.from(seen.samples, 'base64');
    const wanted = Float32Array.from([5, 6, 7].flatMap((seed) => [...pattern('cf32', seed, 100)]));
    expectSamples('cf32', new Uint8Array(bytes), new Uint8Array(wanted.buffer, 0, bytes.length));
    expect((await replay.ended).code, replay.err).toBe(0);
  });

  it('a Pull takes what is sent; Ctrl-C ends a sender that has nothing left to deliver', async () => {
    const send = start(['send', 'tcp://127.0.0.1:*', '--signal', 'tone', '--rate', '1M', '--freq', '88M']);
    const [, endpoint] = await send.says(/listening at (\S+)/);
    const pull = Peer.start('pull', '--type', 'cf32', '--endpoint', endpoint!);
    for (const { header } of await pull.take(5, 'frame')) {
      expect(header).toMatchObject({ sample_rate: 1e6, center_freq: 88e6, protocol: expect.any(Number) as unknown });
    }
    send.child.kill('SIGINT');
    expect((await send.ended).code, send.err).toBe(0);
    expect(send.err).toMatch(/sent \d+ frames/);
  });
});

it.skipIf(!hasGnuRadio)('a PUB sink of GNU Radio is guessed, listened to and recorded', async () => {
  const order = { block: 'pub_sink', endpoint: 'tcp://127.0.0.1:*', itemType: 'complex', items: 20_000 } as const;
  const endpoint = await Flowgraph.start({ ...order, rate: 200_000 }).bound();

  const info = await rxzmq(['info', endpoint, '--seconds', '0.5', '--json']);
  expect(JSON.parse(info.out), info.err).toMatchObject({ codec: '--codec gnuradio' });

  const options = ['--codec', 'gnuradio', '--rate', '200k', '--freq', '88M'];
  const listen = await rxzmq(['listen', endpoint, ...options, '--count', '2']);
  expect(listen.code, listen.err).toBe(0);
  expect(listen.out).toMatch(/^(#\d+ +\d+ cf32 +200\.0 kS\/s +88\.000 MHz.*\n){2}$/);

  const path = place('flowgraph');
  const record = await rxzmq(['record', endpoint, path, ...options, '--samples', '1000']);
  expect(record.code, record.err).toBe(0);
  const [recorded] = await lastValueFrom(fromSigmf(path, { blockSamples: 1000 }).pipe(toArray()));
  const values = recorded!.samples as Float32Array;
  const first = values[0]! - 0.5; // of the flowgraph's numbers, at which the recording begins
  expect([...values.subarray(0, 4)]).toEqual([first + 0.5, 0 - first / 4, first + 1.5, 0 - (first + 1) / 4]);
});

describe.runIf(isHere).each(servers)('doppler 0.75 over $name nats-server', ({ path }) => {
  it('info is let in with an nkey and with a credentials file', async () => {
    const user = createUser();
    const seed = new TextDecoder().decode(user.getSeed());
    const config = `authorization { users: [{ nkey: "${user.getPublicKey()}" }] }`;
    const guarded = await NatsServer.start({ path, config });
    const env = { SEED: seed };
    const known = await rxzmq(['info', guarded.at('jobs'), '--nkey', 'env:SEED'], { env });
    expect(known.out, known.err).toMatch(/^type: +NATS$/m);
    expect((await rxzmq(['info', guarded.at('jobs')])).code).toBe(1);

    const { config: accounts, credentials } = account();
    const server = await NatsServer.start({ path, config: accounts, plain: true });
    const file = place('user.creds');
    writeFileSync(file, credentials);
    const info = await rxzmq(['info', server.at('jobs'), '--credentials', file]);
    expect(info.out, info.err).toMatch(/^type: +NATS$/m);
  });

  it('a work queue is described, and loses nothing by it; it is recorded, and filled by a relay', async () => {
    const server = await NatsServer.start({ path });
    const push = await DopplerPeer.start('Push', server.at('jobs'));
    await push.do('send', { seed: 0, times: 5, count: 16, rate: 2.4e6, freq: 433.92e6 });

    const info = await rxzmq(['info', server.at('jobs')]);
    expect(info.code, info.err).toBe(0);
    expect(info.out).toMatch(/^queue: +.*, 5 messages, /m);

    const name = place('jobs');
    const record = await rxzmq(['record', server.at('jobs'), name, '--pull', '--samples', '80']);
    expect(record.code, record.err).toBe(0);
    expect(await readSigmf(name)).toMatchObject([{ datatype: 'cf32_le', numSamples: 80, sampleRate: 2.4e6 }]);

    const old = Peer.start('push', '--type', 'cf32');
    const endpoint = await old.bound();
    for (let seed = 0; seed < 3; seed += 1) old.order({ seed, ...META });
    const relay = await rxzmq(['relay', endpoint, server.at('newer'), '--count', '3']);
    expect(relay.code, relay.err).toBe(0);
    const pull = await DopplerPeer.start('Pull', server.at('newer'));
    for (let sequence = 0; sequence < 3; sequence += 1) {
      const told = await pull.do('recv');
      expect(told).toMatchObject({ event: 'frame', sequence, num_samples: 100, center_freq: 433.92e6 });
    }
  });
});
