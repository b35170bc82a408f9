import { from } from 'rxjs';
import { decodeFrame, frame, fromPull, fromSub, reply, request, toPub, toPush } from 'rxzmq';
import { describe, expect, it } from 'vitest';
import { Pull, Push, Reply, Request, Subscriber, XPublisher } from 'zeromq';
import { golden } from './harness/golden.js';
import { bindFree, raw } from './harness/raw.js';
import { record, Statuses } from './harness/record.js';

const KEEP = { timestamp: 'keep', sequence: 'preserve' } as const;
const frames = () => [decodeFrame(golden('cf64', 0)), decodeFrame(golden('cf64', 1))];

// doppler's PUB, PUSH and REP always bind and its others always connect, so here libzmq is the peer.
describe('each end on its other side', () => {
  it('fromPull binds', async () => {
    const statuses = new Statuses();
    const received = record(fromPull('tcp://127.0.0.1:*', { bind: true, status: statuses }));
    const endpoint = await statuses.bound();
    const pushes = [raw(new Push()), raw(new Push())];
    for (const push of pushes) {
      push.connect(endpoint);
      await push.send(golden('cf64', 0));
    }

    expect(await received.values.takeMany(2)).toMatchObject([frames()[0], frames()[0]]);
  });

  it('fromSub binds', async () => {
    const statuses = new Statuses();
    const received = record(fromSub('tcp://127.0.0.1:*', { bind: true, status: statuses }));
    const publisher = raw(new XPublisher());
    publisher.connect(await statuses.bound());
    await publisher.receive(); // the subscription
    await publisher.send(golden('cf64', 0));

    expect(await received.values.take()).toMatchObject(frames()[0]!);
  });

  it('toPush connects', async () => {
    const pull = raw(new Pull());
    const sent = record(from(frames()).pipe(toPush(await bindFree(pull), { ...KEEP, bind: false })));

    expect(await pull.receive()).toEqual(golden('cf64', 0));
    expect(await pull.receive()).toEqual(golden('cf64', 1));
    await sent.completed;
  });

  it('toPub connects', async () => {
    const subscriber = raw(new Subscriber());
    subscriber.subscribe();
    const sent = record(
      from(frames()).pipe(toPub(await bindFree(subscriber), { ...KEEP, bind: false, waitForSubscribers: 1 })),
    );

    expect(await subscriber.receive()).toEqual(golden('cf64', 0));
    expect(await subscriber.receive()).toEqual(golden('cf64', 1));
    await sent.completed;
  });

  it('request binds', async () => {
    const statuses = new Statuses();
    const asked = record(from(frames()).pipe(request('tcp://127.0.0.1:*', { bind: true, status: statuses })));
    const replier = raw(new Reply());
    replier.connect(await statuses.bound());
    for (const k of [0, 1] as const) {
      const [, payload] = await replier.receive();
      expect(payload).toEqual(golden('cf64', k)[1]);
      await replier.send(golden('ci16', k));
    }

    const replies = await asked.values.takeMany(2);
    await asked.completed;
    expect(replies.map(({ sampleType, sequence }) => ({ sampleType, sequence }))).toEqual([
      { sampleType: 'ci16', sequence: 0 },
      { sampleType: 'ci16', sequence: 1 },
    ]);
  });

  it('reply connects', async () => {
    const requester = raw(new Request());
    const served = record(
      reply(await bindFree(requester), ({ samples, sampleType }) => frame(samples, { sampleType }), { bind: false }),
    );
    await requester.send(golden('cf64', 0));

    const answer = decodeFrame(await requester.receive());
    expect(answer.samples).toEqual(frames()[0]!.samples);
    expect((await served.values.take()).request).toMatchObject(frames()[0]!);
  });
});
