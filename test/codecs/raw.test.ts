import { runInNewContext } from 'node:vm';
import { expect, it } from 'vitest';
import type { Parts } from '../../src/basics/Parts.js';
import { raw } from '../../src/codecs/raw.js';
import { CodecError } from '../../src/errors.js';
import { thrownBy } from '../frame/arbitraries.js';

it('has a topic first', () => expect(raw.topicFirst).toBe(true));

it('decodes to the very parts it was given', () => {
  const parts = [new Uint8Array([1])];
  expect(raw.decode(parts)).toBe(parts);
  expect(raw.decode([])).toEqual([]);
});

it('encodes to the same parts in an array of its own', () => {
  const parts = [new Uint8Array([1]), new Uint8Array(0), Buffer.from('ab')];
  const encoded = raw.encode(parts);
  expect(encoded).not.toBe(parts);
  expect(encoded).toHaveLength(3);
  encoded.forEach((part, index) => expect(part).toBe(parts[index]));
});

it('takes parts of another realm', () => {
  const foreign = runInNewContext('[new Uint8Array([7])]') as Parts;
  expect(raw.encode(foreign)[0]).toBe(foreign[0]);
});

it.each([
  [[], 'at least 1 part'],
  [new Uint8Array(1), 'Uint8Array of 1'],
  ['text', "'text'"],
  [undefined, 'undefined'],
  [null, 'null'],
  [['a'], "part 0 must be a Uint8Array, not 'a'"],
  [[new Uint8Array(1), new Int8Array(2)], 'part 1 must be a Uint8Array, not Int8Array of 2'],
  [[new DataView(new ArrayBuffer(1))], 'part 0 must be a Uint8Array, not DataView'],
  [[undefined], 'part 0 must be a Uint8Array, not undefined'],
  [new Array(1), 'part 0 must be a Uint8Array, not undefined'],
  [[new Uint8Array(new SharedArrayBuffer(4))], 'part 0 is in a SharedArrayBuffer'],
])('refuses to encode %o', (value, said) => {
  const error = thrownBy(() => raw.encode(value as Parts));
  expect(error).toBeInstanceOf(CodecError);
  expect(error).toMatchObject({ name: 'CodecError', code: 'ERR_CODEC' });
  expect(error.message).toContain(said);
});
