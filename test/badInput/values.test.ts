import { catchError, concat, firstValueFrom, NEVER, of, Subject } from 'rxjs';
import {
  decodeFrame,
  encodeFrame,
  frame,
  FrameError,
  raw,
  reply,
  request,
  requester,
  toPub,
  topic,
  toPush,
  sigs,
} from 'rxzmq';
import { describe, expect, it } from 'vitest';
import { Dealer, Pull, Router, Subscriber } from 'zeromq';
import { collect } from '../helpers/collect.js';
import { heardWarnings } from '../helpers/heardWarnings.js';
import { boundPeer, connectedPeer } from '../helpers/peers.js';
import { Statuses } from '../helpers/Statuses.js';
import { badValues } from './badValues.js';

const good = new Float32Array([1, 0, 0, 1]);
const delimiter = new Uint8Array();

describe.each(badValues)('%s', (_, value, fault, text) => {
  const expected = { name: 'FrameError', code: 'ERR_FRAME', fault, message: expect.stringContaining(text) as unknown };

  it('ends toPush', async () => {
    const sent = collect(of(good, value as Float32Array, good).pipe(toPush('tcp://127.0.0.1:*')));
    const error = await sent.error;
    expect(error).toBeInstanceOf(FrameError);
    expect(error).toMatchObject(expected);
  });

  it('makes reply tell what it dropped, and serve the next request', async () => {
    const [statuses, warnings] = [new Statuses(), heardWarnings()];
    const answers = [value, good];
    const served = collect(reply('tcp://127.0.0.1:*', () => answers.shift() as never, { status: statuses }));
    const endpoint = await statuses.endpoint();
    const dealer = connectedPeer(new Dealer(), endpoint);
    for (let i = 0; i < 2; i += 1) await dealer.send([delimiter, ...encodeFrame(frame(good))]);
    expect(decodeFrame((await dealer.receive()).slice(1)).samples).toEqual(good);
    expect(await statuses.first('dropped')).toMatchObject({ count: 1, endpoint, error: expected });
    expect(served.values).toHaveLength(1);
    await warnings.settled();
    expect(warnings.texts).toEqual([expect.stringContaining('the reply cannot be encoded: ')]);
  });

  it('ends its own request of a requester, and no other', async () => {
    const { socket, endpoint } = await boundPeer(new Router());
    const handle = requester(endpoint);
    const waiting = collect(handle.request(good));
    expect(await collect(handle.request(value as never)).error).toMatchObject(expected);
    const [peer, id] = (await socket.receive()) as [Buffer, Buffer];
    await socket.send([peer, id, delimiter, ...encodeFrame(frame(good))]);
    expect((await waiting.first(1))[0]!.samples).toEqual(good);
    await handle.close();
  });
});

describe('what was sent before a bad value', () => {
  it('arrives, in order', async () => {
    const { socket, endpoint } = await boundPeer(new Pull());
    const input = new Subject<Float32Array>();
    const sent = collect(input.pipe(toPush(endpoint, { bind: false })));
    const frames = Array.from({ length: 50 }, (_, i) => new Float32Array([i, 0]));
    for (const one of frames) input.next(one);
    expect(await sent.first(50)).toHaveLength(50);
    input.next(new Float32Array(3));
    await expect(sent.completed).rejects.toMatchObject({ code: 'ERR_FRAME', fault: 'length' });
    for (const one of frames) expect(decodeFrame(await socket.receive()).samples).toEqual(one);
  });

  it('is all there is to its sequence: the next sink counts anew', async () => {
    const { endpoint } = await boundPeer(new Pull());
    const sent = collect(
      of(good, new Float32Array(3)).pipe(
        toPush(endpoint, { bind: false }),
        catchError(() => of(good, good).pipe(toPush(endpoint, { bind: false }))),
      ),
    );
    await sent.completed;
    expect(sent.values.slice(-2).map(({ sequence }) => sequence)).toEqual([0, 1]);
  });

  it('leaves another sink alone', async () => {
    const { socket, endpoint } = await boundPeer(new Pull());
    const input = new Subject<Float32Array>();
    const fine = collect(input.pipe(toPush(endpoint, { bind: false })));
    await collect(of('bad' as unknown as Float32Array).pipe(toPush(endpoint, { bind: false }))).error;
    input.next(good);
    await fine.first(1);
    expect(decodeFrame(await socket.receive()).samples).toEqual(good);
  });
});

describe('toPub and request', () => {
  it.each(badValues)('end on %s', async (_, value, fault, text) => {
    const expected = { code: 'ERR_FRAME', fault, message: expect.stringContaining(text) as unknown };
    expect(await collect(of(value as Float32Array).pipe(toPub('tcp://127.0.0.1:*'))).error).toMatchObject(expected);
    const asking = concat(of(value as Float32Array), NEVER).pipe(request('tcp://127.0.0.1:1'));
    expect(await collect(asking).error).toMatchObject(expected);
  });

  it('toPub has published what came before', async () => {
    const statuses = new Statuses();
    const sent = collect(
      of(good, new Float32Array(1)).pipe(toPub('tcp://127.0.0.1:*', { waitForSubscribers: 1, status: statuses })),
    );
    // encoded at once, so that the error comes before anyone subscribes
    expect(await sent.error).toMatchObject({ code: 'ERR_FRAME', fault: 'length' });
    expect(sent.values).toEqual([]);
    const input = new Subject<Float32Array>();
    const again = new Statuses();
    const published = collect(input.pipe(toPub('tcp://127.0.0.1:*', { waitForSubscribers: 1, status: again })));
    const subscriber = new Subscriber();
    subscriber.subscribe();
    connectedPeer(subscriber, await again.endpoint());
    input.next(good);
    await published.first(1);
    input.next(new Float32Array(1));
    expect(await published.error).toMatchObject({ fault: 'length' });
    expect(decodeFrame(await subscriber.receive()).samples).toEqual(good);
  });
});

describe('sampleType of a sink', () => {
  it('refuses arrays and frames of another type', async () => {
    for (const value of [new Int16Array(2), frame(new Int16Array(2))]) {
      const sent = collect(of(value).pipe(toPush('tcp://127.0.0.1:*', { sampleType: 'cf32' })));
      expect(await sent.error).toMatchObject({
        code: 'ERR_FRAME',
        fault: 'sampleType',
        sampleType: 'ci16',
        message: expect.stringContaining("sampleType is 'cf32'"),
      });
    }
  });

  it('of cf128 takes bytes, in whole samples', async () => {
    const sent = collect(of(new Uint8Array(33)).pipe(toPush('tcp://127.0.0.1:*', { sampleType: 'cf128' })));
    expect(await sent.error).toMatchObject({
      fault: 'length',
      message:
        'toPush tcp://127.0.0.1:*: samples is a Uint8Array of length 33, not a multiple of 32: a cf128 sample takes 32 bytes',
    });
  });
});

describe('SharedArrayBuffer', () => {
  const shared = new Uint8Array(new SharedArrayBuffer(32));

  it('is refused by frame, by encodeFrame and by raw', async () => {
    const text = expect.stringContaining('SharedArrayBuffer, where another thread could change') as unknown;
    expect(() => frame(new Float32Array(new SharedArrayBuffer(8)))).toThrow(FrameError);
    expect(() => encodeFrame({ ...frame(good), samples: new Float32Array(new SharedArrayBuffer(16)) })).toThrow(
      FrameError,
    );
    const sent = collect(of([new Uint8Array(1), shared]).pipe(toPush('tcp://127.0.0.1:*', { codec: raw })));
    expect(await sent.error).toMatchObject({ code: 'ERR_CODEC', message: text });
  });

  it('is refused under a topic', async () => {
    const value = new Float32Array(new SharedArrayBuffer(8));
    const sent = collect(of({ topic: 'a', value }).pipe(toPub('tcp://127.0.0.1:*', { codec: topic(sigs) })));
    expect(await sent.error).toMatchObject({ code: 'ERR_FRAME', fault: 'value' });
  });

  it('is taken as a copy', async () => {
    const { socket, endpoint } = await boundPeer(new Pull());
    const samples = new Float32Array(new SharedArrayBuffer(16));
    samples[3] = 7;
    await firstValueFrom(of(samples.slice()).pipe(toPush(endpoint, { bind: false })));
    expect(decodeFrame(await socket.receive()).samples).toEqual(new Float32Array([0, 0, 0, 7]));
  });
});
