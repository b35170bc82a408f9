import { take } from 'rxjs';
import { frame, fromIterable, fromPull, fromSub, reply, request, sigs, toPub, toPush, type Frame } from 'rxzmq';
import { describe, expect, it, onTestFinished } from 'vitest';
import { DopplerPeer, numbersOf, type Role } from './DopplerPeer.js';
import { NatsServer } from './NatsServer.js';
import { isOlderHere, olderPython, servers } from './place.mjs';
import { all } from './streams.js';

const COUNT = 16;
const peerOf = (role: Role, endpoint: string): Promise<DopplerPeer> =>
  DopplerPeer.start(role, endpoint, 'cf32', olderPython);
const framesOf = (count: number, each = COUNT) =>
  fromIterable(
    Array.from({ length: count }, (_, seed) => frame(new Float32Array(numbersOf(seed, each)), { sampleRate: 48_000 })),
  );

function expectFrames(frames: readonly Frame[], each = COUNT): void {
  frames.forEach(({ samples, sequence, numSamples }, seed) => {
    expect([sequence, numSamples]).toEqual([seed, each]);
    expect([...samples]).toEqual(numbersOf(seed, each));
  });
}

describe.runIf(isOlderHere).each(servers)('doppler 0.43, with SIGS frames, over $name nats-server', ({ path }) => {
  it('Publisher to fromSub, which needs no option; large frames too', async () => {
    const server = await NatsServer.start({ path, config: 'max_payload: 20000' });
    const got = all(fromSub(server.at('x')).pipe(take(5)));
    await server.subscribed('iq.x.CF32');
    const peer = await peerOf('Publisher', server.at('x'));
    await peer.do('send', { seed: 0, times: 5, count: COUNT, rate: 48_000 });
    expectFrames(await got);
    const large = all(fromSub(server.at('y')).pipe(take(1)));
    await server.subscribed('iq.y.CF32');
    const other = await peerOf('Publisher', server.at('y'));
    await other.do('send', { seed: 0, count: 10_000 });
    expectFrames(await large, 10_000);
  });

  it('toPub to Subscriber, with the codec sigs', async () => {
    const server = await NatsServer.start({ path });
    const peer = await peerOf('Subscriber', server.at('x'));
    await server.subscribed('iq.x.CF32');
    await all(framesOf(5).pipe(toPub(server.at('x'), { codec: sigs })));
    for (let sequence = 0; sequence < 5; sequence += 1) {
      expect(await peer.do('recv', { ack: false })).toMatchObject({ event: 'frame', sequence, same: true });
    }
  });

  it('Push to fromPull, and toPush to Pull', async () => {
    const server = await NatsServer.start({ path });
    const push = await peerOf('Push', server.at('jobs'));
    await push.do('send', { seed: 0, times: 5, count: COUNT });
    expectFrames(await all(fromPull(server.at('jobs')).pipe(take(5))));
    await all(framesOf(5).pipe(toPush(server.at('jobs'), { codec: sigs })));
    const pull = await peerOf('Pull', server.at('jobs'));
    for (let sequence = 0; sequence < 5; sequence += 1) {
      expect(await pull.do('recv')).toMatchObject({ event: 'frame', sequence, same: true });
    }
  });

  it('request to Replier, and Requester to reply', async () => {
    const server = await NatsServer.start({ path });
    const replier = await peerOf('Replier', server.at('ask'));
    await server.subscribed('ask');
    const answered = all(framesOf(1).pipe(request(server.at('ask'), { codec: sigs })));
    expect(await replier.do('reply')).toMatchObject({ event: 'replied' });
    expect([...(await answered)[0]!.samples].map((value) => 0 - value)).toEqual(numbersOf(0, COUNT));

    const serving = reply(server.at('other'), (asked) => asked, { codec: sigs }).subscribe();
    onTestFinished(() => serving.unsubscribe());
    await server.subscribed('other');
    const requester = await peerOf('Requester', server.at('other'));
    await requester.do('send', { seed: 0, count: COUNT });
    expect((await requester.do('recv', { ack: false })).samples).toEqual(numbersOf(0, COUNT));
  });
});
