import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Codec } from '../../src/codecs/Codec.js';
import { json } from '../../src/codecs/json.js';
import { raw } from '../../src/codecs/raw.js';
import { sigs } from '../../src/codecs/sigs.js';
import { text } from '../../src/codecs/text.js';
import { topic, type Topical } from '../../src/codecs/topic.js';
import { FrameError } from '../../src/samples/FrameError.js';
import { CodecError, OptionError } from '../../src/errors.js';
import { createStamp } from '../../src/frame/createStamp.js';
import { frames, thrownBy } from '../frame/arbitraries.js';

const utf8 = (text: string) => new TextEncoder().encode(text);

it('has a topic first, whatever the inner codec has', () => {
  expect(topic(json()).topicFirst).toBe(true);
  expect(topic(raw).topicFirst).toBe(true);
});

it('puts the topic before the parts of the inner codec', () => {
  expect(topic(json()).encode({ topic: 'quotes.ü', value: 5 })).toEqual([utf8('quotes.ü'), utf8('5')]);
  expect(topic(raw).encode({ topic: '', value: [utf8('a'), utf8('b')] })).toEqual([utf8(''), utf8('a'), utf8('b')]);
});

it('gives every topic and value back', () => {
  const codec = topic(sigs);
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), frames, (name, value) => {
      expect(codec.decode(codec.encode({ topic: name, value }))).toEqual({ topic: name, value });
    }),
  );
});

it('gives the inner codec the parts that are left, and leaves the array alone', () => {
  const parts = [utf8('a'), utf8('b')];
  expect(topic(raw).decode(parts)).toEqual({ topic: 'a', value: [utf8('b')] });
  expect(parts).toHaveLength(2);
  expect(topic(raw).decode([utf8('a')])).toEqual({ topic: 'a', value: [] });
});

it('nests', () => {
  const codec = topic(topic(text));
  const value = { topic: 'a', value: { topic: 'b', value: 'c' } };
  expect(codec.encode(value)).toEqual([utf8('a'), utf8('b'), utf8('c')]);
  expect(codec.decode(codec.encode(value))).toEqual(value);
});

it('prepares by the inner codec, where that does', () => {
  const stamp = createStamp({}, () => 5n);
  const prepared = topic(sigs).prepare!({ topic: 'a', value: new Int8Array(2) }, stamp);
  expect(prepared).toMatchObject({ topic: 'a', value: { sampleType: 'ci8', sequence: 0, timestampNs: 5n } });
  expect('prepare' in topic(json())).toBe(false);
  expect(thrownBy(() => topic(sigs).prepare!(null as never, stamp))).toBeInstanceOf(CodecError);
});

it('calls the inner codec as its owner does', () => {
  class Suffixed implements Codec<string> {
    readonly suffix = '!';
    encode = (value: string) => text.encode(value + this.suffix);
    decode(parts: Uint8Array[]) {
      return text.decode(parts) + this.suffix;
    }
    prepare(value: string) {
      return value + this.suffix;
    }
  }
  const codec = topic(new Suffixed());
  expect(codec.decode([utf8('t'), utf8('a')]).value).toBe('a!');
  expect(
    codec.prepare!(
      { topic: 't', value: 'a' },
      createStamp({}, () => 5n),
    ).value,
  ).toBe('a!');
});

it.each([
  [undefined, 'undefined'],
  [null, 'null'],
  ['quotes', "'quotes'"],
  [['quotes', 5], 'an array'],
  [{ value: 5 }, 'Object'],
  [{ topic: 5, value: 5 }, 'topic must be a string, not 5'],
  [{ topic: '\ud800', value: 5 }, 'surrogate'],
])('refuses to encode %o', (value, said) => {
  const error = thrownBy(() => topic(json()).encode(value as Topical<unknown>));
  expect(error).toBeInstanceOf(CodecError);
  expect(error.message).toContain(said);
});

it('refuses to decode no parts, and a topic that is no UTF-8', () => {
  expect(thrownBy(() => topic(raw).decode([]))).toMatchObject({ code: 'ERR_CODEC' });
  const error = thrownBy(() => topic(json()).decode([new Uint8Array([0xff]), utf8('1')]));
  expect(error).toMatchObject({ code: 'ERR_CODEC', message: 'topic: the topic is not valid UTF-8: ff' });
});

it('lets the errors of the inner codec through', () => {
  expect(thrownBy(() => topic(sigs).decode([utf8('a')]))).toBeInstanceOf(FrameError);
  expect(thrownBy(() => topic(json()).decode([utf8('a'), utf8('{')]))).toBeInstanceOf(CodecError);
});

it.each([undefined, null, {}, 'json', json, { encode: () => [] }])('refuses %o as a codec', (codec) => {
  const error = thrownBy(() => topic(codec as unknown as Codec<unknown>));
  expect(error).toBeInstanceOf(OptionError);
  expect(error).toMatchObject({ option: 'codec', value: codec });
});
