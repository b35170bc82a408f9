import fc from 'fast-check';
import { expect, it } from 'vitest';
import { text } from '../../src/codecs/text.js';
import { CodecError } from '../../src/errors.js';
import { bytesOf, thrownBy } from '../frame/arbitraries.js';

it('has no topic first', () => expect(text.topicFirst).toBe(false));

it('gives every text back', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (value) => {
      const parts = text.encode(value);
      expect(parts.map(bytesOf)).toEqual([[...Buffer.from(value)]]);
      expect(text.decode(parts)).toBe(value);
    }),
  );
});

it.each(['', '\ufeffmark', 'naïve 🎛', '\u0000'])('keeps %j', (value) => {
  expect(text.decode(text.encode(value))).toBe(value);
});

it.each([
  ['a\ud800b', 'index 1'],
  ['\udc00', 'index 0'],
  ['🎛\ud83c', 'index 2'],
])('refuses half a surrogate pair in %j', (value, said) => {
  const error = thrownBy(() => text.encode(value));
  expect(error).toBeInstanceOf(CodecError);
  expect(error.message).toContain(said);
});

it.each([5, undefined, null, {}, ['a'], new Uint8Array(2)])('refuses to encode %o', (value) => {
  expect(thrownBy(() => text.encode(value as string))).toMatchObject({
    code: 'ERR_CODEC',
    message: expect.stringContaining('text: the value must be a string, not '),
  });
});

it.each([[[0xff]], [[0xc0, 0x80]], [[0xed, 0xa0, 0x80]], [[0x61, 0xe2, 0x82]]])('refuses to decode %o', (bytes) => {
  const error = thrownBy(() => text.decode([new Uint8Array(bytes)]));
  expect(error).toMatchObject({ code: 'ERR_CODEC', cause: expect.anything() });
  expect(error.message).toContain(
    `not valid UTF-8: ${Buffer.from(bytes)
      .toString('hex')
      .replace(/..(?=.)/g, '$& ')}`,
  );
  expect(text.decode(text.encode('next'))).toBe('next');
});

it('says how long long bad bytes are', () => {
  expect(thrownBy(() => text.decode([new Uint8Array(100).fill(0xff)])).message).toMatch(/ff \.\.\. \(100 bytes\)$/);
});

it.each([0, 2, 3])('refuses a message of %i parts', (count) => {
  const parts = Array.from({ length: count }, () => new Uint8Array(1));
  const error = thrownBy(() => text.decode(parts));
  expect(error).toMatchObject({
    code: 'ERR_CODEC',
    message: `text: a message must have 1 part, this one has ${count}`,
  });
});
