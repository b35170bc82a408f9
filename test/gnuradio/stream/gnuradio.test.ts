import { type Codec, frame, json, sigs, text } from 'rxzmq';
import { gnuradio, type GnuRadioItems, pmt, type TagInput } from 'rxzmq/gnuradio';
import { describe, expect, it } from 'vitest';
import { hex } from '../fixtures.js';

const samples = (count: number, first = 0) => Float32Array.from({ length: 2 * count }, (_, i) => first + i);
const START = 1_700_000_000_000_000_000n;
const time = (ns: bigint) => pmt.tuple(pmt.uint64(ns / 1_000_000_000n), Number(ns % 1_000_000_000n) / 1e9);

/** What was sent, as a receiver that knows the stream from its beginning has it. */
function overTheWire(values: readonly object[], options: object = {}) {
  const sender = gnuradio({ tags: true, ...options }).open!();
  const receiver = gnuradio(options).open!();
  return values.map((value) => receiver.decode(sender.encode(value as never)));
}

/** A message with a tag header. */
function tagged(firstItem: number, count: number, tags: readonly TagInput[] = []): Uint8Array[] {
  return gnuradio({ tags: true }).encode({ ...frame(samples(count)), firstItem, tags });
}

const thrownBy = (action: () => unknown): Error => {
  try {
    action();
  } catch (error) {
    return error as Error;
  }
  throw new Error('it threw nothing');
};

describe('gnuradio, reading', () => {
  it('holds rate, frequency and time until the next tag, and counts those behind the first sample for later', () => {
    const receiver = gnuradio({ sampleRate: 5, centerFreq: 6 }).open!(3);
    const read = (first: number, tags: TagInput[]) => receiver.decode(tagged(first, 100, tags));

    const before = read(0, []);
    expect(before).toMatchObject({
      sampleRate: 5,
      centerFreq: 6,
      sequence: 0,
      peer: 3,
      firstItem: 0,
      lost: 0,
      tags: [],
    });
    const first = read(100, [
      { offset: 0, key: 'rx_time', value: time(START) },
      { offset: 0, key: 'rx_rate', value: 1000 },
      { offset: 50, key: 'rx_freq', value: pmt.uint64(7n) },
    ]);
    expect(first).toMatchObject({ sampleRate: 1000, centerFreq: 6, timestampNs: START, sequence: 1 });
    expect(read(200, [])).toMatchObject({ sampleRate: 1000, centerFreq: 7, timestampNs: START + 100_000_000n });
    expect(read(300, [{ offset: 50, key: 'rx_rate', value: 2000n }])).toMatchObject({ sampleRate: 1000 });
    const faster = read(400, []);
    expect(faster).toMatchObject({ sampleRate: 2000, timestampNs: START + 275_000_000n });
    expect(read(500, [{ offset: 0, key: 'rx_freq', value: 'none' }])).toMatchObject({ centerFreq: 7 });
  });

  it('tells a time that comes behind the first sample back to it, where nothing was told before', () => {
    const rate = { offset: 0, key: 'rx_rate', value: 1000 };
    const [read] = overTheWire([
      { ...frame(samples(100)), tags: [rate, { offset: 50, key: 'rx_time', value: time(START) }] },
    ]);
    expect(read!.timestampNs).toBe(START - 50_000_000n);
  });

  it('says when a frame came, where no tag does', () => {
    const before = BigInt(Date.now() - 1000) * 1_000_000n;
    expect(gnuradio().decode([hex('0000803f00000040')]).timestampNs).toBeGreaterThan(before);
  });

  it('passes sequence numbers over for items that were lost, and tells how many those were', () => {
    const receiver = gnuradio().open!();
    const read = (first: number) => receiver.decode(tagged(first, 10));

    expect(read(70)).toMatchObject({ sequence: 0, lost: 0 }); // it joined there
    expect(read(80)).toMatchObject({ sequence: 1, lost: 0 });
    expect(read(120)).toMatchObject({ sequence: 5, lost: 30 });
    expect(read(131)).toMatchObject({ sequence: 7, lost: 1 });
    expect(read(141)).toMatchObject({ sequence: 8, lost: 0 });
  });

  it('begins anew where the index goes back: nothing that was said holds', () => {
    const receiver = gnuradio({ sampleRate: 9 }).open!();
    receiver.decode(tagged(500, 10, [{ offset: 0, key: 'rx_rate', value: 1e6 }]));

    expect(receiver.decode(tagged(0, 10))).toMatchObject({ sequence: 2, lost: 0, sampleRate: 9 });
  });

  it('keeps loss and time right over a gap', () => {
    const receiver = gnuradio().open!();
    const tags = [
      { offset: 0, key: 'rx_rate', value: 1000 },
      { offset: 0, key: 'rx_time', value: time(START) },
    ];
    receiver.decode(tagged(0, 10, tags));
    expect(receiver.decode(tagged(1000, 10)).timestampNs).toBe(START + 1_000_000_000n);
  });

  it('follows each key of a prefix on its own', () => {
    const codec = gnuradio({ key: 'rx', type: 'cf32' });
    const receiver = codec.open!();
    const read = (key: string, first: number) => receiver.decode([...text.encode(key), ...tagged(first, 10)]);

    expect(codec).toMatchObject({ topics: ['rx'], topicFirst: true });
    expect(read('rx1', 0)).toMatchObject({ key: 'rx1', streamId: 0, sequence: 0, lost: 0 });
    expect(read('rx2', 500)).toMatchObject({ key: 'rx2', streamId: 1, sequence: 0, lost: 0 });
    expect(read('rx1', 10)).toMatchObject({ streamId: 0, sequence: 1, lost: 0 });
    expect(read('rx2', 520)).toMatchObject({ streamId: 1, sequence: 2, lost: 10 });
    expect(thrownBy(() => read('tx', 0)).message).toContain(
      "the message has the key 'tx', which does not begin with 'rx'",
    );
    for (let i = 0; i < 300; i += 1) read(`rx-${i}`, 0);
    expect(read('rx1', 20)).toMatchObject({ sequence: 0 }); // others have made it be forgotten
  });

  it("with tags: 'auto', takes samples that look like a header for samples where the peer sends none", () => {
    const look = hex('f05f0100000000000000000000000000000000010203'); // 19 bytes, and 3 items
    const receiver = gnuradio({ type: 'u8' }).open!(1);

    expect(gnuradio({ type: 'u8' }).open!(1).decode([look])).toMatchObject({ numItems: 3, firstItem: 0 });
    receiver.decode([hex('0102')]);
    expect(receiver.decode([look])).toMatchObject({ numItems: 22 });
    expect(gnuradio({ type: 'i16' }).decode([hex('f05f0100')])).toMatchObject({ numItems: 2 });
  });

  it("with tags: 'auto', holds a peer that sends tags to it, but not where it may be another peer", () => {
    const receiver = gnuradio().open!(1);
    receiver.decode(tagged(0, 1));
    const several = gnuradio().open!();
    several.decode(tagged(0, 1));
    expect(several.decode([hex('0000803f00000040')])).toMatchObject({ numSamples: 1, tags: [] });
    expect(thrownBy(() => receiver.decode([hex('0000803f00000040')])).message).toMatch(/^the peer sends no tags/);
    expect(thrownBy(() => receiver.decode([hex('f05f01ffffffffff')])).message).toMatch(/^a tag header has at least 19/);
  });

  it('reads samples where they stand if it can, and else from a copy', () => {
    const message = new Uint8Array(20);
    expect(gnuradio().decode([message.subarray(4)]).samples.buffer).toBe(message.buffer);
    expect(gnuradio().decode([message.subarray(1, 17)]).samples).toEqual(new Float32Array(4));
  });

  it('reads Buffers, and leaves them as they are', () => {
    const [message] = gnuradio({ tags: true }).encode({
      ...frame(samples(2)),
      tags: [{ offset: 0, key: 'v', value: Int16Array.of(1, 2) }],
    });
    const buffer = Buffer.concat([Buffer.of(0), message!]).subarray(1);
    const read = gnuradio().decode([buffer]);
    expect(read.samples).toEqual(samples(2));
    expect(read.tags[0]!.value).toEqual(Int16Array.of(1, 2));
    expect(buffer.equals(message!)).toBe(true);
  });

  it('stays a stream of frames whatever index a peer sends', () => {
    const receiver = gnuradio().open!(1);
    for (const first of [0, Number.MAX_SAFE_INTEGER, 0, Number.MAX_SAFE_INTEGER, 1]) {
      expect(receiver.decode(tagged(first, 1)).sequence).toBeLessThan(Number.MAX_SAFE_INTEGER);
    }
    const [parts] = [tagged(0, 1)];
    parts[0]!.set([0, 0, 0, 0, 0, 0, 0x20, 0], 3);
    expect(thrownBy(() => receiver.decode(parts)).message).toContain('number 9007199254740992, above 2 ** 53');
  });

  it('keeps the time it knows where a tag says none', () => {
    const receiver = gnuradio().open!(1);
    const rate = { offset: 0, key: 'rx_rate', value: 1000 };
    receiver.decode(tagged(0, 10, [rate, { offset: 0, key: 'rx_time', value: time(START) }]));
    const strange = [
      pmt.tuple(pmt.uint64(2n ** 60n), 0),
      pmt.tuple(1n, NaN),
      pmt.tuple(1n, 1e300),
      pmt.tuple(1n, -1e300),
    ];
    for (const value of ['now', 5n, pmt.tuple('a', 0.5), ...strange]) {
      const tags = [{ offset: 5, key: 'rx_time', value }];
      expect(receiver.decode(tagged(10, 10, tags)).timestampNs).toBe(START + 10_000_000n);
      receiver.decode(tagged(20, 10));
      receiver.decode(tagged(0, 10, [rate, { offset: 0, key: 'rx_time', value: time(START) }]));
    }
  });

  it('does not say of itself what it looks like', () => {
    const [message] = tagged(0, 1);
    expect(thrownBy(() => gnuradio().decode([message!.subarray(0, 20)])).message).not.toContain('looks like');
  });

  it.each([
    ['a SIGS frame', sigs.encode(samples(2)), 'it looks like a SIGS frame: leave out the codec'],
    ['a PMT', pmt().encode({ a: 1n }), 'it looks like a PMT: use the codec pmt()'],
    ['JSON', json().encode({ a: 1 }), 'it looks like JSON: use the codec json()'],
    ['text', text.encode('not samples'), 'it looks like text: use the codec text'],
  ])('says what %s looks like', (_, parts, look) => {
    expect(thrownBy(() => gnuradio().decode(parts)).message).toContain(look);
  });

  it.each([
    ['a stream', tagged(0, 1), 'it looks like a stream with tags: use the codec gnuradio()'],
    ['a SIGS frame', sigs.encode(samples(2)), 'it looks like a SIGS frame'],
    ['text', text.encode('set freq'), 'it looks like text: use the codec text'],
  ])('and so does pmt, for %s', (_, parts, look) => {
    expect(thrownBy(() => pmt().decode(parts)).message).toContain(look);
  });
});

describe('gnuradio, sending', () => {
  const tag = (offset: number): TagInput => ({ offset, key: 'burst', value: BigInt(Math.round(offset)) });

  it('sends tags in the order of their items, and they come back as they were', () => {
    const [read] = overTheWire([{ ...frame(samples(10)), tags: [tag(9), tag(0), { ...tag(9), source: 'me' }] }]);
    expect(read!.tags).toStrictEqual([tag(0), tag(9), { ...tag(9), source: 'me' }]);
    expect(read!.samples).toEqual(samples(10));
  });

  it('sends rate, frequency and time at the beginning, where they change, and after a pause', () => {
    const made = (ms: number, sampleRate: number, centerFreq: number) =>
      frame(samples(100), { sampleRate, centerFreq, timestampNs: START + BigInt(ms) * 1_000_000n });
    const read = overTheWire([
      made(0, 1000, 50), // 100 ms each
      made(100, 1000, 50),
      made(190, 1000, 50), // clocks are never quite right
      made(300, 1000, 60),
      made(400, 2000, 60),
      made(450, 2000, 60),
      made(550, 2000, 60),
    ]);

    const keys = read.map(({ tags }) => tags.map(({ key }) => key.slice(3)).join(' '));
    expect(keys).toEqual(['rate freq time', '', '', 'freq time', 'rate time', '', '']);
    expect(read.map(({ sampleRate }) => sampleRate)).toEqual([1000, 1000, 1000, 1000, 2000, 2000, 2000]);
    expect(read.map(({ centerFreq }) => centerFreq)).toEqual([50, 50, 50, 60, 60, 60, 60]);
    const later = overTheWire([made(0, 1000, 0), made(201, 1000, 0)]);
    expect(later[1]!.tags.map(({ key }) => key)).toEqual(['rx_time']);
    expect(later[1]!.timestampNs).toBe(START + 201_000_000n);
  });

  it('leaves to the tags of a value what they say', () => {
    const tags = [
      { offset: 0, key: 'rx_rate', value: 1e6 },
      { offset: 0, key: 'rx_time', value: time(1n) },
    ];
    const read = overTheWire([
      { ...frame(samples(10), { centerFreq: 5 }), tags },
      frame(samples(10), { sampleRate: 7, centerFreq: 5 }),
    ]);
    expect(read.map((one) => one.tags.map(({ key }) => key))).toEqual([['rx_freq', 'rx_rate', 'rx_time'], []]);
  });

  it('makes no time of when frames came that nobody has timed', () => {
    const received = gnuradio().decode(tagged(0, 10, [{ offset: 0, key: 'rx_rate', value: 1000 }]));
    const [read] = overTheWire([received]);
    expect(read!.tags).toEqual(received.tags);
    expect(received.tags.map(({ key }) => key)).toEqual(['rx_rate']);
  });

  it("with tags: 'auto', goes by the first value", () => {
    const plain = gnuradio().open!();
    expect(plain.encode(samples(1))).toEqual([new Uint8Array(samples(1).buffer)]);
    const error = thrownBy(() => plain.encode({ ...frame(samples(1)), tags: [tag(0)] }));
    expect(error.message).toContain('the stream began without tags, and now some are to be sent: set tags: true');

    const withTags = gnuradio().open!();
    expect(withTags.encode({ ...frame(samples(1)), tags: [tag(0)] })[0]!.length).toBeGreaterThan(19 + 8);
    expect(withTags.encode(samples(1))[0]!.length).toBe(19 + 8);
    const relayed = gnuradio().open!();
    expect(relayed.encode(gnuradio().decode(tagged(5, 1)))[0]!.length).toBe(19 + 8);
    const dropped = gnuradio({ tags: false }).open!();
    expect(dropped.encode({ ...frame(samples(1)), tags: [tag(0)] })[0]).toHaveLength(8);
  });

  it('counts items from message to message, and not those it could not send', () => {
    const sender = gnuradio({ tags: true }).open!();
    const first = (parts: Uint8Array[]) => gnuradio().decode(parts).firstItem;

    expect(first(sender.encode(samples(10)))).toBe(0);
    thrownBy(() => sender.encode({ ...frame(samples(5)), tags: [{ ...tag(0), value: pmt.tuple() }] }));
    expect(first(sender.encode(samples(3)))).toBe(10);
    expect(first(sender.encode(samples(1)))).toBe(13);
  });

  const f = frame(samples(4));
  it.each([
    [
      'a tag outside',
      { ...f, tags: [tag(4)] },
      'the offset of a tag must be an integer from 0 to 3, as there are 4 items, not 4',
    ],
    ['a tag before', { ...f, tags: [tag(-1)] }, 'not -1'],
    ['half an offset', { ...f, tags: [tag(0.5)] }, 'not 0.5'],
    [
      'a key that is no symbol',
      { ...f, tags: [{ offset: 0, key: 3n, value: 1n }] },
      'the key of a tag must be a string, not 3n',
    ],
    ['a long key', { ...f, tags: [{ ...tag(0), key: 'k'.repeat(1025) }] }, 'a symbol has at most 1024 bytes'],
    ['an empty tuple', { ...f, tags: [{ ...tag(0), value: pmt.tuple() }] }, 'GNU Radio crashes on an empty one'],
    ['no value', { ...f, tags: [{ offset: 0, key: 'k' }] }, 'GNU Radio has no value for undefined'],
    ['tags that are none', { ...f, tags: 'burst' }, "tags must be an array of { offset, key, value }, not 'burst'"],
    ['null as a tag', { ...f, tags: [null] }, 'the offset of a tag must be'],
    ['another sample type', frame(new Int16Array(2)), 'a frame of ci16 was given where gnuradio sends cf32'],
    ['another array', new Int16Array(2), 'gnuradio sends cf32 here: a Frame or a Float32Array, not Int16Array of 2'],
    ['half a sample', new Float32Array(3), 'gnuradio sends whole items of 8 bytes, at least 1'],
    ['nothing', new Float32Array(0), 'gnuradio sends whole items of 8 bytes, at least 1'],
    ['shared memory', new Float32Array(new SharedArrayBuffer(8)), 'is in a SharedArrayBuffer'],
    ['a string', 'abc', "a frame must be an object with samples, not 'abc'"],
    ['null', null, 'a frame must be an object with samples, not null'],
  ])('refuses %s', (_, value, message) => {
    const error = thrownBy(() => gnuradio({ tags: true }).open!().encode(value as never));
    expect(error).toMatchObject({ code: expect.stringMatching(/^ERR_(CODEC|FRAME)$/) as string });
    expect(error.message).toContain(message);
  });
});

describe('gnuradio, items', () => {
  it.each([
    ['u8', Uint8Array.of(1, 2)],
    ['i8', Int8Array.of(-1, 2)],
    ['i16', Int16Array.of(-1, 2)],
    ['i32', Int32Array.of(-1, 2)],
    ['f32', Float32Array.of(-1, 2)],
  ] as const)('%s: typed arrays both ways', (type, items) => {
    const codec = gnuradio({ type, tags: true }) as Codec<GnuRadioItems, unknown, unknown>;
    expect(codec.decode(codec.encode(items))).toMatchObject({ itemType: type, items, numItems: 2, vlen: 1, tags: [] });
  });

  it('vectors count as items, and time goes on by their elements', () => {
    const codec = gnuradio({ type: 'f32', vlen: 4, tags: true });
    const [sender, receiver] = [codec.open!(), codec.open!()];
    const items = Float32Array.from({ length: 8 }, (_, i) => i);
    const tags = [{ offset: 1, key: 'peak', value: 3n }];
    const read = receiver.decode(sender.encode({ items, tags, sampleRate: 1000, timestampNs: START }));
    expect(read).toMatchObject({ items, numItems: 2, vlen: 4, sampleRate: 1000, timestampNs: START });
    expect(read.tags.filter(({ key }) => key === 'peak')).toEqual(tags);
    expect(receiver.decode(sender.encode(items))).toMatchObject({ firstItem: 2, timestampNs: START + 8_000_000n });
  });

  it.each([NaN, -1, 1.5, 2 ** 53, '0'])('refuses firstItem %s', (firstItem) => {
    const error = thrownBy(() =>
      gnuradio({ type: 'f32', tags: true }).encode({ items: new Float32Array(1), firstItem } as never),
    );
    expect(error).toMatchObject({
      code: 'ERR_CODEC',
      message: expect.stringContaining('firstItem must be an integer') as string,
    });
  });

  it('vectors of complex samples are items', () => {
    const codec = gnuradio({ vlen: 2 });
    expect(codec.decode(codec.encode(samples(4)))).toMatchObject({
      itemType: 'cf32',
      items: samples(4),
      numItems: 2,
      vlen: 2,
    });
  });

  it.each([
    [{ items: new Float32Array(4), vlen: 3 }, 'items with vlen 3 were given where gnuradio sends vlen 4'],
    [
      { items: new Int32Array(4) },
      'gnuradio sends f32 here: a Float32Array, or an object with it as items, not Int32Array of 4',
    ],
    [new Float32Array(3), 'gnuradio sends whole items of 16 bytes'],
    [{ items: new Float32Array(4), sampleRate: '1' }, "sampleRate must be a number, not '1'"],
    [{ items: new Float32Array(4), timestampNs: 1 }, 'timestampNs must be a bigint from 0n to 2n ** 64n - 1n, not 1'],
    [undefined, 'not undefined'],
    [null, 'not null'],
  ])('refuses %o', (value, message) => {
    expect(thrownBy(() => gnuradio({ type: 'f32', vlen: 4 }).encode(value as never)).message).toContain(message);
  });
});

describe('gnuradio, asking and answering', () => {
  it('a request is a number of items', () => {
    expect(gnuradio.request().encode(4096)).toEqual([hex('00100000')]);
    for (const count of [0, -1, 1.5, 2 ** 31, '4', undefined, NaN]) {
      const error = thrownBy(() => gnuradio.request().encode(count as never));
      expect(error.message).toContain('gnuradio.request takes a number of items, an integer from 1 to 2147483647');
    }
  });

  it.each([
    ['00100000', 4096],
    ['0200000009000000', 2],
    ['0100', Infinity],
    ['', Infinity],
    ['00000004', 67_108_864],
  ])('the request %s asks for %i', (request, count) => {
    expect(gnuradio.reply().decode([hex(request)])).toBe(count);
  });

  it('refuses requests of several parts, and of a number below 0', () => {
    expect(() => gnuradio.reply().decode([hex('02000000'), hex('03000000')])).toThrow(
      'gnuradio.reply: a message must have 1 part, this one has 2',
    );
    expect(() => gnuradio.reply().decode([hex('ffffffff')])).toThrow('the request asks for 4294967295 items');
  });

  it('a reply has what a stream has', () => {
    const answering = gnuradio.reply({ tags: true }).open!();
    const asking = gnuradio.request().open!(5);
    expect(asking.decode(answering.encode(samples(3)))).toMatchObject({ firstItem: 0, numSamples: 3, peer: 5 });
    expect(asking.decode(answering.encode(samples(3)))).toMatchObject({ firstItem: 3, sequence: 1 });
  });

  it('message sources ask for one message, and message sinks are asked for one', () => {
    expect(pmt.request().encode('anything')).toEqual([hex('01000000')]);
    expect(pmt.reply().decode([hex('01000000')])).toBe(1);
    for (const request of ['02000000', '', '01', '0100000000', '00000001']) {
      expect(() => pmt.reply().decode([hex(request)])).toThrow('a REQ Message Source asks for 1 message in 4 bytes');
    }
  });
});

describe('the options of gnuradio', () => {
  it.each([
    [{ type: 'complex' }, "option 'type' must be 'cf32', which GNU Radio calls complex, got 'complex'"],
    [{ type: 'toString' }, "option 'type' must be 'cf32' or 'cf64' or"],
    [{ type: 'cf128' }, "option 'type' must be 'cf32' or 'cf64'"],
    [{ vlen: 0 }, "option 'vlen' must be an integer from 1 to"],
    [{ tags: 'yes' }, "option 'tags' must be 'auto'"],
    [{ key: 7 }, "option 'key' must be a string"],
    [{ sampleRate: '1' }, "option 'sampleRate' must be a number"],
    [{ dialect: 3.7 }, "option 'dialect' must be '3.7' or"],
    [{ topic: 'a' }, "unknown option 'topic'"],
  ])('%o is refused', (options, message) => {
    expect(thrownBy(() => gnuradio(options as never))).toMatchObject({ code: 'ERR_OPTION' });
    expect(thrownBy(() => gnuradio(options as never)).message).toContain(message);
  });

  it('requests and replies have no key', () => {
    expect(() => gnuradio.request({ key: 'a' } as never)).toThrow(/^gnuradio.request: unknown option 'key'/);
    expect(() => gnuradio.reply({ key: 'a' } as never)).toThrow(/^gnuradio.reply: unknown option 'key'/);
  });

  it('an undefined option is the default', () => {
    const options = { type: undefined, vlen: undefined, tags: undefined, key: undefined, dialect: undefined };
    expect(gnuradio(options).decode([hex('0000803f00000040')]).sampleType).toBe('cf32');
  });
});
