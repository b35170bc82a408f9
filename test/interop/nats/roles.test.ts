import { firstValueFrom, lastValueFrom, type Observable, take, timeout, toArray } from 'rxjs';
import {
  type Frame,
  frame,
  fromIterable,
  fromPull,
  fromSub,
  reply,
  request,
  type SampleType,
  toPub,
  toPush,
} from 'rxzmq';
import { describe, expect, it, onTestFinished } from 'vitest';
import { convertNumbers } from './samples.js';
import { DopplerPeer, numbersOf } from './DopplerPeer.js';
import { NatsServer } from './NatsServer.js';
import { isHere, servers } from './place.mjs';

const TYPES: readonly SampleType[] = ['ci8', 'ci16', 'ci32', 'cf32', 'cf64'];
const COUNT = 16;
const META = { sampleRate: 2.4e6, centerFreq: 433.92e6 };

const framesOf = (type: SampleType, count: number, each = COUNT) =>
  fromIterable(
    Array.from({ length: count }, (_, seed) =>
      frame(convertNumbers(type, numbersOf(seed, each)) as Float32Array, META),
    ),
  );

function all<T>(source: Observable<T>): Promise<T[]> {
  return lastValueFrom(source.pipe(timeout(20_000), toArray()));
}

describe.runIf(isHere).each(servers)('doppler 0.75 over $name nats-server', ({ path }) => {
  describe.each(TYPES)('%s', (type) => {
    it('Publisher to fromSub, with an end of stream', async () => {
      const server = await NatsServer.start({ path });
      const got = all(fromSub(server.at('a.b')));
      await server.subscribed('iq.a.b.CF32');
      const peer = await DopplerPeer.start('Publisher', server.at('a.b'), type);
      await peer.do('send', { seed: 0, times: 20, count: COUNT, rate: 2.4e6, freq: 433.92e6 });
      await peer.do('eos');
      expectFrames(await got, type, 20);
    });

    it('toPub to Subscriber, with an end of stream', async () => {
      const server = await NatsServer.start({ path });
      const peer = await DopplerPeer.start('Subscriber', server.at('x'), type);
      await server.subscribed('iq.x.CF32');
      const sent = all(framesOf(type, 20).pipe(toPub(server.at('x'), { endOfStream: true })));
      await expectSeen(peer, 20);
      expect(await peer.do('recv')).toMatchObject({ event: 'end' });
      expect((await sent).map(({ sequence }) => sequence)).toEqual(Array.from({ length: 20 }, (_, i) => i));
    });

    it('Push to fromPull, with an end of stream', async () => {
      const server = await NatsServer.start({ path });
      const peer = await DopplerPeer.start('Push', server.at('jobs'), type);
      await peer.do('send', { seed: 0, times: 20, count: COUNT, rate: 2.4e6, freq: 433.92e6 });
      await peer.do('eos');
      expectFrames(await all(fromPull(server.at('jobs'))), type, 20);
      const pull = await DopplerPeer.start('Pull', server.at('jobs'), type);
      expect(await pull.do('recv', { timeout: 300 })).toMatchObject({ event: 'error', kind: 'TimeoutError' });
    });

    it('toPush to Pull, with an end of stream', async () => {
      const server = await NatsServer.start({ path });
      await all(framesOf(type, 20).pipe(toPush(server.at('jobs'), { endOfStream: true })));
      const peer = await DopplerPeer.start('Pull', server.at('jobs'), type);
      await expectSeen(peer, 20);
      expect(await peer.do('recv')).toMatchObject({ event: 'end' });
    });

    it('Requester to reply', async () => {
      const server = await NatsServer.start({ path });
      const negate = ({ samples, sampleType }: Frame) =>
        convertNumbers(
          sampleType,
          [...samples].map((value) => 0 - value),
        );
      const serving = reply(server.at('ask'), negate as never).subscribe();
      onTestFinished(() => serving.unsubscribe());
      await server.subscribed('ask');
      const peer = await DopplerPeer.start('Requester', server.at('ask'), type);
      for (let seed = 0; seed < 3; seed += 1) {
        await peer.do('send', { seed, count: COUNT });
        const answer = await peer.do('recv', { ack: false });
        expect(answer.samples.map((value) => 0 - value)).toEqual(numbersOf(seed, COUNT));
      }
    });

    it('request to Replier', async () => {
      const server = await NatsServer.start({ path });
      const peer = await DopplerPeer.start('Replier', server.at('ask'), type);
      await server.subscribed('ask');
      for (let seed = 0; seed < 3; seed += 1) {
        const answered = firstValueFrom(
          framesOf(type, seed + 1).pipe(take(seed + 1), request(server.at('ask')), timeout(10_000)),
        );
        const served = await peer.do('reply');
        expect(served).toMatchObject({ event: 'replied', samples: numbersOf(0, COUNT) });
        expect([...(await answered).samples].map((value) => 0 - value)).toEqual(numbersOf(0, COUNT));
      }
    });

    it('frames above max_payload, both ways', async () => {
      const server = await NatsServer.start({ path, config: 'max_payload: 20000' });
      const got = all(fromSub(server.at('big')).pipe(take(3)));

      const publisher = await DopplerPeer.start('Publisher', server.at('big'), type);
      const subscriber = await DopplerPeer.start('Subscriber', server.at('big'), type);
      await server.subscribed('iq.big.CF32', 2);
      await publisher.do('send', { seed: 0, times: 3, count: 30_000 });
      (await got).forEach(({ samples }, seed) => expect([...samples]).toEqual(numbersOf(seed, 30_000)));
      await expectSeen(subscriber, 3, 30_000);
      await all(framesOf(type, 3, 30_000).pipe(toPub(server.at('big'))));
      await expectSeen(subscriber, 3, 30_000);
    });
  });

  it('several Pulls share a queue with fromPull: each frame once', async () => {
    const server = await NatsServer.start({ path });
    await all(framesOf('cf32', 60).pipe(toPush(server.at('jobs'))));
    const peers = await Promise.all([1, 2].map(() => DopplerPeer.start('Pull', server.at('jobs'))));
    const ours: number[] = [];
    const pulling = fromPull(server.at('jobs')).subscribe(({ sequence }) => ours.push(sequence));
    onTestFinished(() => pulling.unsubscribe());
    const theirs: number[] = [];
    await Promise.all(
      peers.map(async (peer) => {
        for (let told = await peer.do('recv', { timeout: 1000 }); told.event === 'frame';) {
          theirs.push(told.sequence);
          told = await peer.do('recv', { timeout: 1000 });
        }
      }),
    );
    expect([...ours, ...theirs].sort((one, other) => one - other)).toEqual(Array.from({ length: 60 }, (_, i) => i));
  });

  it('what a killed Pull held comes again, and says so', async () => {
    const server = await NatsServer.start({ path });
    await all(framesOf('cf32', 5).pipe(toPush(server.at('jobs'))));
    const peer = await DopplerPeer.start('Pull', server.at('jobs'));
    for (let i = 0; i < 3; i += 1) await peer.do('recv', { ack: false });
    await peer.kill();
    const frames = await all(fromPull(server.at('jobs')).pipe(take(5)));
    expect(frames.map(({ sequence, delivery }) => [sequence, delivery])).toEqual([
      [3, undefined],
      [4, undefined],
      [0, 2],
      [1, 2],
      [2, 2],
    ]);
  });

  it('what fromPull held goes back at once', async () => {
    const server = await NatsServer.start({ path });
    await all(framesOf('cf32', 10).pipe(toPush(server.at('jobs'))));
    const first = await firstValueFrom(fromPull(server.at('jobs'), { ack: 'manual' }).pipe(timeout(10_000)));
    expect(first.sequence).toBe(0); // and was not acknowledged
    const peer = await DopplerPeer.start('Pull', server.at('jobs'));
    const seen: number[] = [];
    for (let i = 0; i < 10; i += 1) seen.push((await peer.do('recv', { timeout: 3000 })).sequence);
    expect(seen.sort((one, other) => one - other)).toEqual(Array.from({ length: 10 }, (_, i) => i));
  });
});

function expectFrames(frames: readonly Frame[], type: SampleType, count: number): void {
  expect(frames).toHaveLength(count);
  frames.forEach((one, seed) => {
    expect(one).toMatchObject({ sampleType: type, sequence: seed, numSamples: COUNT, ...META });
    expect([...one.samples]).toEqual(numbersOf(seed, COUNT));
  });
}

async function expectSeen(peer: DopplerPeer, count: number, each = COUNT): Promise<void> {
  for (let seed = 0; seed < count; seed += 1) {
    const told = await peer.do('recv');
    expect(told).toMatchObject({ event: 'frame', sequence: seed, num_samples: each, same: true });
    if (each === COUNT) expect(told).toMatchObject({ sample_rate: META.sampleRate, center_freq: META.centerFreq });
  }
}
