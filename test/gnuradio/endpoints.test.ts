import { from, map, of } from 'rxjs';
import { frame, fromPull, fromSub, gaps, type Gap, reply, request, toPub, toPush } from 'rxzmq';
import { gnuradio, pmt } from 'rxzmq/gnuradio';
import { virtualTime } from 'rxzmq/testing';
import { describe, expect, it } from 'vitest';
import { Push } from 'zeromq';
import { collect } from '../helpers/collect.js';
import { heardWarnings } from '../helpers/heardWarnings.js';
import { boundPeer } from '../helpers/peers.js';
import { Statuses } from '../helpers/Statuses.js';
import { part } from './fixtures.js';

const samples = (count: number) => new Float32Array(2 * count).fill(0.5);
const tagged = (firstItem: number) => gnuradio({ tags: true }).encode({ ...frame(samples(10)), firstItem });

describe('gnuradio at the endpoints', () => {
  it('a message that is none is told, and those that follow arrive', async () => {
    const { socket, endpoint } = await boundPeer(new Push());
    const [statuses, warnings] = [new Statuses(), heardWarnings()];
    const received = collect(fromPull(endpoint, { codec: gnuradio({ tags: true }), status: statuses }));
    await socket.send(Buffer.from('f05f02', 'hex'));
    await socket.send([part('push_complex_plain.m0.p0.bin')]);
    await socket.send([part('push_complex_tags.m0.p0.bin')]);

    const [read] = await received.first(1);
    expect(read).toMatchObject({ sampleRate: 2e6, centerFreq: 433.92e6, timestampNs: 1_700_000_000_250_000_000n });
    const told = statuses.all.filter(({ kind }) => kind === 'invalid');
    expect(told).toMatchObject([
      { count: 1, reason: expect.stringMatching(/^the tag header has version 2/) as string },
      { count: 2, reason: expect.stringMatching(/^the peer sends no tags/) as string },
    ]);
    await warnings.settled();
    expect(warnings.texts).toEqual([
      expect.stringMatching(`^fromPull ${endpoint} skipped an invalid message: the tag header has version 2`),
    ]);
  });

  it('loss is a gap, and each connection has a stream of its own', async () => {
    const first = await boundPeer(new Push());
    const second = await boundPeer(new Push());
    const found: Gap[] = [];
    const received = collect(
      fromPull([first.endpoint, second.endpoint], { codec: gnuradio() }).pipe(
        gaps({ onGap: (gap) => found.push(gap) }),
      ),
    );
    for (const index of [0, 10, 40]) {
      await first.socket.send(tagged(index));
      await second.socket.send(tagged(index + 7));
    }

    const read = await received.first(6);
    expect(new Set(read.map(({ peer }) => peer)).size).toBe(2);
    expect(read.map(({ lost }) => lost).sort((a, b) => a - b)).toEqual([0, 0, 0, 0, 20, 20]);
    expect(found.map(({ kind, missing }) => [kind, missing])).toEqual([
      ['missing', 2],
      ['missing', 2],
    ]);
  });

  it('a relay keeps tags and header, and its own numbers count anew', async () => {
    const { socket, endpoint } = await boundPeer(new Push());
    const [statuses, relayed] = [new Statuses(), new Statuses()];
    collect(
      fromPull(endpoint, { codec: gnuradio(), status: statuses }).pipe(
        toPush('tcp://127.0.0.1:*', { codec: gnuradio(), status: relayed }),
      ),
    );
    const received = collect(fromPull(await relayed.endpoint(), { codec: gnuradio({ tags: true }) }));
    await socket.send(tagged(500));
    await socket.send([part('push_complex_tags.m0.p0.bin')]);

    const read = await received.first(2);
    expect(read.map(({ firstItem }) => firstItem)).toEqual([0, 10]);
    expect(read[1]!.tags.map(({ key }) => key)).toEqual(['rx_time', 'rx_rate', 'rx_freq']);
    expect(statuses.all.filter(({ kind }) => kind === 'invalid')).toEqual([]);
  });

  it('frames of doppler go to a flowgraph with their rate and frequency', async () => {
    const statuses = new Statuses();
    const doppler = frame(samples(4), { sampleRate: 1e6, centerFreq: 7e6, timestampNs: 5_000_000_000n });
    const sent = collect(
      of(doppler).pipe(toPush('tcp://127.0.0.1:*', { codec: gnuradio({ tags: true }), status: statuses })),
    );
    const [read] = await collect(fromPull(await statuses.endpoint(), { codec: gnuradio() })).first(1);

    expect(read).toMatchObject({ sampleRate: 1e6, centerFreq: 7e6, timestampNs: 5_000_000_000n });
    await sent.completed;
    expect(sent.values).toEqual([{ ...doppler, tags: [], lost: 0 }]);
  });

  it('a sink takes bare arrays, with the numbers of its codec', async () => {
    const statuses = new Statuses();
    const codec = gnuradio({ tags: true, sampleRate: 8, centerFreq: 9 });
    collect(of(samples(2)).pipe(toPush('tcp://127.0.0.1:*', { codec, status: statuses })));
    const [read] = await collect(fromPull(await statuses.endpoint(), { codec: gnuradio() })).first(1);

    expect(read).toMatchObject({ sampleRate: 8, centerFreq: 9 });
  });

  it('what cannot be sent ends a sink with its error', async () => {
    const bad = { ...frame(samples(2)), tags: [{ offset: 2, key: 'late', value: true }] };
    const sent = collect(of(bad).pipe(toPush('inproc://gnuradio-bad', { codec: gnuradio({ tags: true }) })));
    expect(await sent.error).toMatchObject({ code: 'ERR_CODEC' });
  });

  it('a publisher with a key reaches who asked for its beginning', async () => {
    const statuses = new Statuses();
    const codec = gnuradio({ key: 'abc' });
    collect(from([samples(1)]).pipe(toPub('tcp://127.0.0.1:*', { codec, status: statuses, waitForSubscribers: 1 })));
    const [read] = await collect(fromSub(await statuses.endpoint(), { codec: gnuradio({ key: 'ab' }) })).first(1);
    expect(read).toMatchObject({ key: 'abc', numSamples: 1 });
  });

  it('requests and replies, of streams and of messages', async () => {
    const [streams, messages] = [new Statuses(), new Statuses()];
    collect(
      reply('tcp://127.0.0.1:*', (count) => samples(Math.min(count, 3)), {
        codec: gnuradio.reply({ tags: true }),
        status: streams,
      }),
    );
    collect(reply('tcp://127.0.0.1:*', () => ({ freq: 1 }), { codec: pmt.reply(), status: messages }));

    const asked = collect(from([2, 100]).pipe(request(await streams.endpoint(), { codec: gnuradio.request() })));
    await asked.completed;
    expect(asked.values.map(({ numSamples, firstItem }) => [numSamples, firstItem])).toEqual([
      [2, 0],
      [3, 2],
    ]);
    const heard = collect(of('now').pipe(request(await messages.endpoint(), { codec: pmt.request() })));
    await heard.completed;
    expect(heard.values).toEqual([new Map([['freq', 1]])]);
  });

  it('runs in virtual time', () => {
    virtualTime(({ feed, expectObservable }) => {
      feed('tcp://flowgraph:1', '-a-b|', { a: samples(1), b: samples(2) }, { codec: gnuradio() });
      const counts = fromPull('tcp://flowgraph:1', { codec: gnuradio() }).pipe(map(({ numSamples }) => numSamples));
      expectObservable(counts, '-----!').toBe('-a-b', { a: 1, b: 2 });
    });
  });
});
