import { firstValueFrom, from, map, NEVER, type Observable, of, Subject } from 'rxjs';
import {
  type CodecPullOptions,
  type CodecPushOptions,
  frame,
  fromPull,
  fromSub,
  type Gap,
  gaps,
  pacedMap,
  reply,
  request,
  toPub,
  toPush,
} from 'rxzmq';
import { gnuradio, type GnuRadioFrame, type GnuRadioFrameInput, pmt, type Tag } from 'rxzmq/gnuradio';
import { describe, expect, it } from 'vitest';
import { type Described, type DescribedTag, valueOf } from '../../gnuradio/fixtures.js';
import { record, Statuses } from '../harness/record.js';
import { Flowgraph, hasGnuRadio, type Order, pattern } from './Flowgraph.js';

const ITEMS = 20_000;
const symbol = (value: string): Described => ({ type: 'symbol', value });
const rxFreq = symbol('rx_freq');
const none: Described = { type: 'bool', value: false };
const long = (value: number): Described => ({ type: 'long', value: `${value}` });

const rxTags: readonly DescribedTag[] = [
  {
    offset: '0',
    key: symbol('rx_time'),
    value: {
      type: 'tuple',
      items: [
        { type: 'uint64', value: '1700000000' },
        { type: 'double', value: 0.5 },
      ],
    },
    srcid: symbol('usrp'),
  },
  { offset: '0', key: symbol('rx_rate'), value: { type: 'double', value: 1e6 }, srcid: symbol('usrp') },
  { offset: '0', key: rxFreq, value: { type: 'double', value: 433.92e6 }, srcid: symbol('usrp') },
];
const retunes: readonly DescribedTag[] = [6000, 12_345, 19_999].map((offset, i) => ({
  offset: `${offset}`,
  key: rxFreq,
  value: { type: 'double', value: 434e6 + i },
  srcid: none,
}));
const bursts: readonly DescribedTag[] = [3, 4095, 4096, 4097, 10_000].map((offset) => ({
  offset: `${offset}`,
  key: symbol('burst'),
  value: {
    type: 'dict',
    entries: [
      [symbol('at'), long(offset)],
      [symbol('bits'), { type: 'u8vector', values: [1, 0] }],
    ],
  },
  srcid: none,
}));
const allTags = [...rxTags, ...bursts, ...retunes].sort((a, b) => Number(a.offset) - Number(b.offset));
/** Offsets are numbers on one side, and texts on the other. */
const ordered = (tags: readonly DescribedTag[]) => tags.map((tag) => ({ ...tag, offset: Number(tag.offset) as never }));

/** A tag as this side has it, counted from the beginning of the stream. */
function tagOf({ offset, key, value, srcid }: DescribedTag): Tag {
  const tag = { offset: Number(offset), key: valueOf(key) as string, value: valueOf(value) };
  const source = valueOf(srcid);
  return source === false ? tag : { ...tag, source };
}

/** The tags as a source of GNU Radio is to have them. */
const numbered = (tags: readonly Tag[], first: number) => tags.map((tag) => ({ ...tag, offset: tag.offset + first }));

/** Frames of a stream that goes round and round, from the beginning of a round until it is over. */
async function round(source: Observable<GnuRadioFrame<'cf32'>>) {
  const recording = record(source);
  const frames: { readonly first: number; readonly frame: GnuRadioFrame<'cf32'> }[] = [];
  const values: number[] = [];
  const tags: Tag[] = [];
  let start = -1;
  for (let first = -1; start < 0 || first < start + ITEMS;) {
    const frame = await recording.values.take();
    if (first < 0) {
      first = frame.firstItem ?? frame.samples[0]! - 0.5; // a publisher may have been heard late
      start = Math.ceil(first / ITEMS) * ITEMS;
    }
    if (first >= start) frames.push({ first: first - start, frame });
    values.push(...frame.samples.subarray(2 * Math.max(0, start - first)));
    tags.push(...numbered(frame.tags, first - start));
    first += frame.numSamples;
  }
  const within = tags.filter(({ offset }) => offset >= 0 && offset < ITEMS);
  return { frames, values: values.slice(0, 2 * ITEMS), tags: within };
}

describe.skipIf(!hasGnuRadio)('from GNU Radio', () => {
  type Options = CodecPullOptions<GnuRadioFrame<'cf32'>>;
  const sinks = [
    ['pub_sink', (endpoint: string, options: Options) => fromSub(endpoint, options), { rate: 200_000 }],
    ['push_sink', (endpoint: string, options: Options) => fromPull(endpoint, options), {}],
  ] as const;

  describe.each(sinks)('%s', (block, source, pace) => {
    const order: Order = { block, endpoint: 'tcp://127.0.0.1:*', itemType: 'complex', items: ITEMS, ...pace };

    it.each(['auto', true] as const)('20,000 samples with tags, one by one, with tags: %s', async (tags) => {
      const flowgraph = Flowgraph.start({ ...order, passTags: true, tags: ordered(allTags) });
      const got = await round(source(await flowgraph.bound(), { codec: gnuradio({ tags }) }));

      expectElements(got.values, pattern('complex', 0, ITEMS));
      expect(got.tags).toStrictEqual(allTags.map(tagOf));
      for (const { first, frame } of got.frames) {
        const at = first % ITEMS;
        const tuned = allTags.filter(({ key, offset }) => key === rxFreq && Number(offset) <= at).at(-1);
        expect(frame).toMatchObject({ lost: 0, sampleRate: 1e6, centerFreq: tuned?.value.value });
        expect(frame.timestampNs).toBe(1_700_000_000_500_000_000n + BigInt(at) * 1000n);
      }
    });

    it.each(['auto', false] as const)('20,000 samples without tags, one by one, with tags: %s', async (tags) => {
      const flowgraph = Flowgraph.start(order);
      const codec = gnuradio({ tags, sampleRate: 48_000, centerFreq: 7e6 });
      const got = await round(source(await flowgraph.bound(), { codec }));

      expectElements(got.values, pattern('complex', 0, ITEMS));
      expect(got.tags).toEqual([]);
      expect(got.frames[0]?.frame).toMatchObject({ sampleRate: 48_000, centerFreq: 7e6, lost: 0 });
    });
  });

  it.each([
    ['float', 'f32', 1],
    ['int', 'i32', 1],
    ['short', 'i16', 1],
    ['byte', 'u8', 1],
    ['float', 'f32', 256],
    ['byte', 'u8', 64],
  ] as const)('%s items as %s, vlen %i', async (itemType, type, vlen) => {
    const flowgraph = Flowgraph.start({
      block: 'push_sink',
      endpoint: 'tcp://127.0.0.1:*',
      itemType,
      vlen,
      items: 100,
      passTags: true,
      tags: ordered([{ offset: '99', key: symbol('last'), value: long(99), srcid: none }]),
    });
    const received = record(fromPull(await flowgraph.bound(), { codec: gnuradio({ type, vlen }) }));
    const values: number[] = [];
    for (let items = 0; items < 100;) {
      const message = await received.values.take();
      expect(message).toMatchObject({ itemType: type, vlen, firstItem: items });
      values.push(...message.items);
      items += message.numItems;
      if (items === 100) expect(message.tags).toEqual([{ offset: message.numItems - 1, key: 'last', value: 99n }]);
    }

    expect(values).toEqual(pattern(itemType, 0, 100 * vlen));
  });

  it('short with vlen 2 as ci16', async () => {
    const order = { block: 'push_sink', endpoint: 'tcp://127.0.0.1:*', itemType: 'short', vlen: 2, items: 50 } as const;
    const flowgraph = Flowgraph.start(order);
    const received = record(fromPull(await flowgraph.bound(), { codec: gnuradio({ type: 'ci16' }) }));

    const frame = await received.values.take();
    expect(frame).toMatchObject({ sampleType: 'ci16', numSamples: 50 });
    expect([...frame.samples]).toEqual(pattern('short', 0, 100));
  });

  it('a key, of which its beginning was asked for', async () => {
    const flowgraph = Flowgraph.start({
      block: 'pub_sink',
      endpoint: 'tcp://127.0.0.1:*',
      itemType: 'complex',
      items: 1000,
      rate: 100_000,
      key: 'channel-1',
      passTags: true,
    });
    const received = record(fromSub(await flowgraph.bound(), { codec: gnuradio({ key: 'channel' }) }));

    const frame = await received.values.take();
    expect(frame).toMatchObject({ key: 'channel-1', samples: expect.any(Float32Array) as Float32Array });
  });

  it('a flowgraph that sends tags where none are to be: says so', async () => {
    const flowgraph = Flowgraph.start({
      block: 'push_sink',
      endpoint: 'tcp://127.0.0.1:*',
      itemType: 'complex',
      items: 10,
      passTags: true,
    });
    const received = record(
      fromPull(await flowgraph.bound(), { codec: gnuradio({ tags: false }), onInvalid: 'error' }),
    );

    await expect(received.completed).rejects.toThrow('the peer sends tags');
  });

  it('a reader that stalls sees how many samples the publisher dropped', async () => {
    const flowgraph = Flowgraph.start({
      block: 'pub_sink',
      endpoint: 'tcp://127.0.0.1:*',
      itemType: 'complex',
      items: 100_000,
      rate: 1e9,
      maxItems: 4096,
      passTags: true,
      highWaterMark: 10,
      tellsAt: 8_000_000, // more than the kernel's buffers hold
    });
    const found: Gap[] = [];
    const passed = flowgraph.next('passed');
    const received = record(
      fromSub(await flowgraph.bound(), { codec: gnuradio(), highWaterMark: 1 }).pipe(
        gaps({ onGap: (gap) => found.push(gap) }),
        pacedMap((frame, index) => (index === 0 ? from(passed).pipe(map(() => frame)) : of(frame))),
      ),
    );
    const frames: GnuRadioFrame<'cf32'>[] = [];
    while (found.length === 0) frames.push(await received.values.take());
    while (frames.at(-1)!.lost === 0) frames.push(await received.values.take());

    const after = frames.find(({ lost }) => lost > 0)!;
    const before = frames[frames.indexOf(after) - 1]!;
    expect(after.lost).toBe(after.firstItem! - before.firstItem! - before.numSamples);
    expect(found[0]).toMatchObject({ kind: 'missing', sequence: after.sequence });
    expect(after.samples[0]).toBe(Math.fround((after.firstItem! % 100_000) + 0.5));
  });
});

describe.skipIf(!hasGnuRadio)('to GNU Radio', () => {
  type Sent = GnuRadioFrameInput<'cf32'>;
  type Options = CodecPushOptions<GnuRadioFrame<'cf32'>, Sent>;
  const endpoint = 'tcp://127.0.0.1:*';
  const sources = [
    ['sub_source', (options: Options) => toPub<unknown, Sent>(endpoint, { ...options, waitForSubscribers: 1 })],
    ['pull_source', (options: Options) => toPush<unknown, Sent>(endpoint, options)],
  ] as const;
  /** Blocks of several sizes, all of them together. */
  const sizes = [4096, 1, 5000, 777, 4096, 6030];
  const blocks = sizes.map((size, i) => {
    const first = sizes.slice(0, i).reduce((sum, n) => sum + n, 0);
    return { first, size, samples: Float32Array.from(pattern('complex', first, size)) };
  });

  describe.each(sources)('%s', (block, sink) => {
    const order = { block, itemType: 'complex', items: ITEMS } as const;

    it('20,000 samples with tags, one by one', async () => {
      const statuses = new Statuses();
      const input = blocks.map(({ first, size, samples }) => ({
        ...frame(samples),
        tags: allTags.map(tagOf).flatMap((tag) => {
          const offset = tag.offset - first;
          return offset >= 0 && offset < size ? [{ ...tag, offset }] : [];
        }),
      }));
      const sent = record(from(input).pipe(sink({ codec: gnuradio({ tags: true }), status: statuses })));
      const flowgraph = Flowgraph.start({ ...order, endpoint: await statuses.bound(), passTags: true });

      const { items, tags } = await flowgraph.next('received');
      expectElements(floats(items), pattern('complex', 0, ITEMS));
      expect(tags).toEqual(allTags);
      await sent.completed;
      expect(flowgraph.complaints).toBe('');
    });

    it('20,000 samples without tags, one by one', async () => {
      const statuses = new Statuses();
      record(from(blocks.map(({ samples }) => samples)).pipe(sink({ codec: gnuradio(), status: statuses })));
      const flowgraph = Flowgraph.start({ ...order, endpoint: await statuses.bound() });

      const { items, tags } = await flowgraph.next('received');
      expectElements(floats(items), pattern('complex', 0, ITEMS));
      expect(tags).toEqual([]);
    });
  });

  it('rate, frequency and time of Frames become its tags', async () => {
    const statuses = new Statuses();
    const made = (centerFreq: number, timestampNs: bigint) =>
      frame(new Float32Array(2000), { sampleRate: 1e6, centerFreq, timestampNs });
    const start = 1_700_000_000_000_000_000n;
    record(
      from([made(1e8, start), made(1e8, start + 1_000_000n), made(2e8, start + 2_000_000n)]).pipe(
        toPush('tcp://127.0.0.1:*', { codec: gnuradio({ tags: true }), status: statuses }),
      ),
    );
    const flowgraph = Flowgraph.start({
      block: 'pull_source',
      endpoint: await statuses.bound(),
      itemType: 'complex',
      items: 3000,
      passTags: true,
    });

    const { tags } = await flowgraph.next('received');
    const time = (seconds: bigint, rest: number) => pmt.tuple(pmt.uint64(seconds), rest);
    expect(tags.map(tagOf)).toEqual([
      { offset: 0, key: 'rx_rate', value: 1e6 },
      { offset: 0, key: 'rx_freq', value: 1e8 },
      { offset: 0, key: 'rx_time', value: time(1_700_000_000n, 0) },
      { offset: 2000, key: 'rx_freq', value: 2e8 },
      { offset: 2000, key: 'rx_time', value: time(1_700_000_000n, 0.002) },
    ]);
  });

  it('vectors with a key', async () => {
    const statuses = new Statuses();
    const codec = gnuradio({ type: 'f32', vlen: 4, key: 'fft' });
    record(
      from([{ items: Float32Array.from(pattern('float', 0, 40)), tags: [{ offset: 9, key: 'last', value: 9n }] }]).pipe(
        toPub('tcp://127.0.0.1:*', { codec, status: statuses, waitForSubscribers: 1 }),
      ),
    );
    const flowgraph = Flowgraph.start({
      block: 'sub_source',
      endpoint: await statuses.bound(),
      itemType: 'float',
      vlen: 4,
      items: 10,
      passTags: true,
      key: 'fft',
    });

    const { items, tags } = await flowgraph.next('received');
    expectElements(floats(items), pattern('float', 0, 40));
    expect(tags).toEqual([{ offset: '9', key: symbol('last'), value: long(9), srcid: none }]);
  });
});

describe.skipIf(!hasGnuRadio)('requests', () => {
  it('request asks a rep_sink, which gives what it has at most', async () => {
    const flowgraph = Flowgraph.start({
      block: 'rep_sink',
      endpoint: 'tcp://127.0.0.1:*',
      itemType: 'complex',
      items: ITEMS,
      passTags: true,
      tags: ordered(allTags),
    });
    const codec = gnuradio.request();
    const asked = new Subject<number>();
    const replies = record(asked.pipe(request(await flowgraph.bound(), { codec, timeoutMs: 20_000 })));
    const frames: GnuRadioFrame<'cf32'>[] = [];
    for (let items = 0; items < ITEMS; items += frames.at(-1)!.numSamples) {
      asked.next(frames.length === 0 ? 4 : 3000);
      frames.push(await replies.values.take());
    }

    expect(frames[0]!.numSamples).toBe(4);
    expect(frames.every(({ numSamples }) => numSamples <= 3000)).toBe(true);
    expectElements(
      frames.flatMap(({ samples }) => [...samples]),
      pattern('complex', 0, ITEMS),
    );
    expect(frames.flatMap(({ tags, firstItem }) => numbered(tags, firstItem!))).toStrictEqual(allTags.map(tagOf));
  });

  it('a rep_sink whose source has ended does not answer: the request runs out of time', async () => {
    const flowgraph = Flowgraph.start({
      block: 'rep_sink',
      endpoint: 'tcp://127.0.0.1:*',
      itemType: 'complex',
      items: 10,
    });
    const codec = gnuradio.request();
    const options = { codec, timeoutMs: 500, connectTimeoutMs: 20_000 };
    const replies = record(from([10, 10]).pipe(request(await flowgraph.bound(), options)));

    expect((await replies.values.take()).numSamples).toBe(10);
    await expect(replies.completed).rejects.toMatchObject({ code: 'ERR_REQUEST_TIMEOUT', sent: true });
  });

  it('reply answers a req_source with what it asks for, one by one', async () => {
    const statuses = new Statuses();
    let next = 0;
    const wanted: number[] = [];
    const served = record(
      reply(
        'tcp://127.0.0.1:*',
        (count) => {
          const size = Math.min(count, 1777, ITEMS - next);
          wanted.push(count);
          if (size === 0) return NEVER;
          const tags = allTags.map(tagOf).flatMap((tag) => {
            const offset = tag.offset - next;
            return offset >= 0 && offset < size ? [{ ...tag, offset }] : [];
          });
          const samples = Float32Array.from(pattern('complex', next, size));
          next += size;
          return { ...frame(samples), tags };
        },
        { codec: gnuradio.reply({ tags: true }), status: statuses },
      ),
    );
    const flowgraph = Flowgraph.start({
      block: 'req_source',
      endpoint: await statuses.bound(),
      itemType: 'complex',
      items: ITEMS,
      passTags: true,
    });

    const { items, tags } = await flowgraph.next('received');
    expectElements(floats(items), pattern('complex', 0, ITEMS));
    expect(tags).toEqual(allTags);
    expect(wanted[0]).toBeGreaterThan(0);
    const first = await served.values.take();
    expect(first.request).toBe(wanted[0]);
    expect(first.reply.samples).toBeInstanceOf(Float32Array);
  });
});

describe.skipIf(!hasGnuRadio)('an end that is killed and started again', () => {
  it('a push_sink: its stream begins anew, and nothing that was said before holds', async () => {
    const order: Order = {
      block: 'push_sink',
      endpoint: 'tcp://127.0.0.1:*',
      itemType: 'complex',
      items: 1000,
      passTags: true,
      tags: ordered(rxTags),
    };
    const first = Flowgraph.start(order);
    const endpoint = await first.bound();
    const received = record(fromPull(endpoint, { codec: gnuradio() }));
    expect(await received.values.take()).toMatchObject({ firstItem: 0, sampleRate: 1e6 });
    await first.kill();

    Flowgraph.start({ ...order, endpoint, tags: [] });
    let frame = await received.values.take();
    while (frame.firstItem !== 0) frame = await received.values.take();

    expect(frame).toMatchObject({ firstItem: 0, sampleRate: 0, centerFreq: 0, lost: 0, tags: [] });
    expect([...frame.samples]).toEqual(pattern('complex', 0, frame.numSamples));
    expect(received.open).toBe(true);
  });

  it('a pull_source: a new one gets what comes from then on', async () => {
    const statuses = new Statuses();
    const input = new Subject<Float32Array>();
    const codec = gnuradio({ tags: true });
    const sent = record(input.pipe(toPush('tcp://127.0.0.1:*', { codec, status: statuses })));
    const endpoint = await statuses.bound();
    const order: Order = { block: 'pull_source', endpoint, itemType: 'complex', items: 100, passTags: true };
    const first = Flowgraph.start(order);
    input.next(Float32Array.from(pattern('complex', 0, 100)));
    expectElements(floats((await first.next('received')).items), pattern('complex', 0, 100));
    await first.kill();
    await statuses.take('disconnected');

    const second = Flowgraph.start(order);
    input.next(Float32Array.from(pattern('complex', 500, 100)));
    expectElements(floats((await second.next('received')).items), pattern('complex', 500, 100));
    await sent.values.takeMany(2);
    expect(sent.open).toBe(true);
  });

  it('this side: a sink that binds again goes on with the same pull_source', async () => {
    const statuses = new Statuses();
    const codec = gnuradio({ tags: true });
    const block = (first: number) => of(Float32Array.from(pattern('complex', first, 100)));
    const first = record(block(0).pipe(toPush('tcp://127.0.0.1:*', { codec, status: statuses })));
    const endpoint = await statuses.bound();
    const flowgraph = Flowgraph.start({
      block: 'pull_source',
      endpoint,
      itemType: 'complex',
      items: 200,
      passTags: true,
    });
    await first.completed;
    await record(block(100).pipe(toPush(endpoint, { codec }))).completed;

    expectElements(floats((await flowgraph.next('received')).items), pattern('complex', 0, 200));
    expect(flowgraph.complaints).toBe('');
  });

  it('this side: a subscriber joins the stream where it is', async () => {
    const flowgraph = Flowgraph.start({
      block: 'pub_sink',
      endpoint: 'tcp://127.0.0.1:*',
      itemType: 'complex',
      items: ITEMS,
      rate: 200_000,
      passTags: true,
      tags: ordered(rxTags),
    });
    const endpoint = await flowgraph.bound();
    const first = await firstValueFrom(fromSub(endpoint, { codec: gnuradio() }));
    const second = await firstValueFrom(fromSub(endpoint, { codec: gnuradio() }));

    expect(second.firstItem).toBeGreaterThan(first.firstItem!);
    expect(second).toMatchObject({ sequence: 0, lost: 0 });
    expect(second.samples[0]).toBe(Math.fround((second.firstItem! % ITEMS) + 0.5));
  });
});

/** Fails unless all elements are the same; says where the first one is that is not. */
function expectElements(actual: readonly number[], expected: readonly number[]): void {
  const at = actual.findIndex((value, i) => !Object.is(value, expected[i]));
  expect({ length: actual.length, at, value: actual[at] }).toEqual({
    length: expected.length,
    at: -1,
    value: undefined,
  });
}

/** The floats of bytes in base64. */
function floats(base64: string): number[] {
  const bytes = Uint8Array.from(Buffer.from(base64, 'base64'));
  return [...new Float32Array(bytes.buffer)];
}
