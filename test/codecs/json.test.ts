import fc from 'fast-check';
import { expect, it } from 'vitest';
import { json } from '../../src/codecs/json.js';
import { CodecError, OptionError } from '../../src/errors.js';
import { thrownBy } from '../frame/arbitraries.js';

const say = (text: string) => [new TextEncoder().encode(text)];

it('has no topic first', () => expect(json().topicFirst).toBe(false));

it('gives every JSON value back', () => {
  const codec = json();
  fc.assert(
    fc.property(fc.jsonValue({ noUnicodeString: false }), (value) => {
      expect(codec.decode(codec.encode(value))).toEqual(JSON.parse(JSON.stringify(value)));
    }),
  );
});

it('writes UTF-8 without blanks', () => {
  expect(json().encode({ a: ['ü', null] })).toEqual(say('{"a":["ü",null]}'));
});

it('leaves out inside objects what JSON leaves out', () => {
  expect(json().encode({ a: undefined, b: 1 })).toEqual(say('{"b":1}'));
});

it('escapes half a surrogate pair, as JSON can', () => {
  const codec = json<string>();
  expect(codec.decode(codec.encode('\ud800'))).toBe('\ud800');
});

it('gives what validate gives', () => {
  const codec = json((value) => ({ seen: value }));
  expect(codec.decode(say('[1]'))).toEqual({ seen: [1] });
});

it('refuses what validate throws for, with its error as the cause', () => {
  const cause = new TypeError('no price');
  const error = thrownBy(() =>
    json(() => {
      throw cause;
    }).decode(say('{}')),
  );
  expect(error).toBeInstanceOf(CodecError);
  expect(error.cause).toBe(cause);
  expect(error.message).toContain('no price');
  const odd = thrownBy(() =>
    json(() => {
      throw 'odd'; // what users throw need not be an Error
    }).decode(say('{}')),
  );
  expect(odd).toMatchObject({ code: 'ERR_CODEC', cause: 'odd', message: expect.stringContaining("'odd'") });
});

const cycle: { self?: unknown } = {};
cycle.self = cycle;

it.each([undefined, () => 0, Symbol('s'), 5n, cycle, { toJSON: () => undefined }])('refuses to encode %o', (value) => {
  const error = thrownBy(() => json().encode(value));
  expect(error).toBeInstanceOf(CodecError);
  expect(error.message).toContain(' cannot be JSON');
});

it.each(['', '{', "{'a':1}", 'undefined', 'NaN'])('refuses to decode %j', (said) => {
  const error = thrownBy(() => json().decode(say(said)));
  expect(error).toMatchObject({ code: 'ERR_CODEC', cause: expect.any(SyntaxError) });
  expect(error.message).toContain('json: the message is not JSON');
});

it('refuses bytes that are no UTF-8, and a message of more parts', () => {
  expect(thrownBy(() => json().decode([new Uint8Array([0x22, 0xff, 0x22])]))).toMatchObject({ code: 'ERR_CODEC' });
  const error = thrownBy(() => json().decode([...say('1'), ...say('2')]));
  expect(error).toMatchObject({ code: 'ERR_CODEC', message: 'json: a message must have 1 part, this one has 2' });
});

it('refuses a validate that is no function', () => {
  const error = thrownBy(() => json({} as () => unknown));
  expect(error).toBeInstanceOf(OptionError);
  expect(error).toMatchObject({ option: 'validate' });
});
