import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { Peer } from '../harness/Peer.js';
import { DopplerPeer } from './DopplerPeer.js';
import { freePort } from '../../helpers/freePort.js';
import { NatsServer } from './NatsServer.js';
import { isHere, servers } from './place.mjs';

const root = fileURLToPath(new URL('../../..', import.meta.url));

describe.runIf(isHere)('the relay between both eras of doppler', () => {
  it('carries frames from 0.21 on ZeroMQ to 0.75 on NATS, and back', async () => {
    const server = await NatsServer.start(servers[0]!);
    const back = await freePort();
    const push = Peer.start('push', '--type', 'cf64');
    const jobs = server.at('jobs');
    const done = server.at('done');
    const program = ['examples/programs/betweenEras.ts', await push.bound(), jobs, done, `tcp://127.0.0.1:${back}`];
    start(program);
    for (let seed = 0; seed < 5; seed += 1)
      push.order({ seed, numSamples: 16, sampleRate: 2.4e6, centerFreq: 433.92e6 });
    const sent = await push.take(5, 'sent');

    const pull = await DopplerPeer.start('Pull', jobs);
    for (let sequence = 0; sequence < sent.length; sequence += 1) {
      expect(await pull.do('recv')).toMatchObject({
        event: 'frame',
        sequence,
        dtype: 'complex128',
        sample_rate: 2.4e6,
      });
    }

    const again = Peer.start('pull', '--type', 'cf64', '--endpoint', `tcp://127.0.0.1:${back}`);
    const newer = await DopplerPeer.start('Push', done, 'cf64');
    await newer.do('send', { seed: 0, times: 5, count: 16 });
    const seen = await again.take(5, 'frame');
    expect(seen.map(({ header }) => header.sequence)).toEqual([0, 1, 2, 3, 4]);
    expect(seen.map(({ header }) => header.version ?? 0x10000)).toEqual(seen.map(() => 0x10000));
  });
});

function start(program: readonly string[]): void {
  const child: ChildProcess = spawn(process.execPath, ['--import', 'tsx', ...program], { cwd: root, stdio: 'ignore' });
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await once(child, 'exit');
  });
}
