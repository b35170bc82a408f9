import { gnuradio } from 'rxzmq/gnuradio';
import { expect, it } from 'vitest';
import { hex, received, type ReceivedStream, valueOf } from '../fixtures.js';

/** Where a stream codec is stricter, or more lenient, than GNU Radio's source. By the fixture's name: which error. */
const DIFFERENT: Readonly<Record<string, RegExp>> = {
  // the header's bytes would become samples
  'G header but no pass_tags byte': /^the peer sends tags/,
  // its name is taken as samples
  'J no key, two parts len8': /^a message of a stream has 1 part, this one has 2; if the peer sends a key/,
  // a part without a header is glued to one that has it
  'K key, three parts': /^a message with a key has 2 parts, this one has 3/,
  'K tags, two data parts': /^a message of a stream has 1 part, this one has 2/,
  // what is ignored without a word
  'L empty': /^the message is empty/,
  'L empty body with tag': /^the message is a tag header without items/,
  'P req empty reply': /^the message is empty/,
  'I key, single part': /^a message with a key has 2 parts, this one has 1; the peer sends no key/,
};

/** What a block stops at, in our words. */
const STOPS: readonly (readonly [string, RegExp])[] = [
  ['E bad length', /^the message has \d+ bytes, not a multiple of 8: an item is cf32/],
  ['E bad length tags', /^the message has \d+ bytes behind its tag header of 19, not a multiple of 8/],
  ['F magic', /^the tag header has its bytes swapped/],
  ['F version 2', /^the tag header has version 2: only 1 is known/],
  ['F version 0', /^the tag header has version 0: only 1 is known/],
  ['F short', /^a tag header has at least 19 bytes, this message has 3/],
  ['F ntags too large', /^(the tag header announces 5 tags|tag \d of 5 cannot be read)/],
  ['F bad pmt', /^tag 1 of 1 cannot be read: PMT: type 0x[0-9a-f]{2} .* is unknown/],
  ['F bad pmt2', /^tag 1 of 1 cannot be read: PMT: /],
  ['G header but no pass_tags complex', /^the peer sends tags/],
  ['H no header but pass_tags', /^the peer sends no tags/],
  ['J no key, two parts len7', /^a message of a stream has 1 part, this one has 2; if the peer sends a key/],
  ['N nonsymbol key', /^tag 1 of 1 cannot be read: its key must be a symbol, not the long \d+/],
  ['O vlen bad', /^the message has 6 bytes, not a multiple of 4: an item is u8 with vlen 4/],
  ['Q empty tuple', /^tag 1 of 1 cannot be read: PMT: a tuple is empty/],
];

const codecOf = ({ itemType, vlen, passTags, key }: ReceivedStream) =>
  gnuradio({ type: itemType === 'byte' ? 'u8' : 'cf32', vlen, tags: passTags, key: key ?? '' } as never);

/** What comes of the messages: elements, tags from the beginning of all that came, and errors. */
function read(stream: ReceivedStream) {
  const codec = codecOf(stream).open!() as { decode(parts: Uint8Array[]): any };
  const values: number[] = [];
  const tags: unknown[] = [];
  const errors: string[] = [];
  let items = 0;
  for (const parts of stream.sent) {
    // a SUB socket of ours has not subscribed to what begins otherwise
    if (stream.key !== null && !parts[0]!.startsWith(Buffer.from(stream.key).toString('hex'))) continue;
    try {
      const message = codec.decode(parts.map(hex));
      tags.push(...message.tags.map((tag: { offset: number }) => ({ ...tag, offset: tag.offset + items })));
      values.push(...(message.samples ?? message.items));
      items += Number(message.numSamples ?? message.numItems);
    } catch (error) {
      expect(error).toMatchObject({ name: 'CodecError', code: 'ERR_CODEC' });
      errors.push((error as Error).message);
    }
  }
  return { values, tags, errors, items };
}

const isFine = ({ name, blockStopped }: ReceivedStream) => blockStopped === null && DIFFERENT[name] === undefined;

it.each(received.streams.filter(isFine))('$name: read as GNU Radio’s source reads it', (stream) => {
  const { values, tags, errors, items } = read(stream);
  const expected = stream.values.flat(); // the first of them

  expect(errors).toEqual([]);
  expect(items * stream.vlen).toBe(stream.items);
  expect(values.slice(0, expected.length)).toEqual(expected);
  expect(tags).toStrictEqual(
    stream.tags.map(({ offset, key, value, srcid }) => {
      const source = valueOf(srcid);
      const tag = { offset: Number(offset), key: valueOf(key), value: valueOf(value) };
      return source === false ? tag : { ...tag, source };
    }),
  );
});

it.each(Object.entries(DIFFERENT))('%s: refused here', (name, text) => {
  const { errors } = read(received.streams.find((stream) => stream.name === name)!);

  expect(errors[0]).toMatch(text);
});

it.each(STOPS)('%s: an invalid message, where GNU Radio’s source stops', (name, text) => {
  const { errors } = read(received.streams.find((stream) => stream.name === name)!);

  expect(errors[0]).toMatch(text);
});

it('is all that was tried with GNU Radio', () => {
  const stopped = received.streams.filter(({ blockStopped }) => blockStopped !== null).map(({ name }) => name);

  expect(STOPS.map(([name]) => name).sort()).toEqual(stopped.sort());
});

it('after a message that stops GNU Radio, those that follow are read', () => {
  const stream = received.streams.find(({ name }) => name === 'E bad length')!;
  const { values, errors } = read(stream);

  expect(errors).toHaveLength(1);
  expect(values).toEqual([0, 0, 1, -1, 50, -50, 51, -51]);
});
