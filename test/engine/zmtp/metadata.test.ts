import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeMetadata, parseMetadata } from '../../../src/engine/zmtp/metadata.js';
import { hexOf, latin, property, settingsWith } from './Side.js';

const parse = (text: string, ownType = 'PULL') => parseMetadata(latin(text), ownType);

describe('encodeMetadata', () => {
  it.each(['REQ', 'DEALER', 'ROUTER'])('says the identity of a %s, even an empty one', (socketType) => {
    expect(hexOf(encodeMetadata(settingsWith({ socketType })))).toBe(
      hexOf(latin(property('Socket-Type', socketType) + property('Identity', ''))),
    );
  });

  it('says no identity of other types, and the further properties last', () => {
    const properties = new Map([
      ['X-One', latin('1')],
      ['X-Long', new Uint8Array(70_000)],
    ]);
    const said = encodeMetadata(settingsWith({ socketType: 'PUSH', identity: latin('me'), properties }));

    expect(hexOf(said)).toBe(
      hexOf(latin(property('Socket-Type', 'PUSH') + property('X-One', '1') + property('X-Long', '\0'.repeat(70_000)))),
    );
  });

  it.each(['', 'X Y', 'X-ü', 'X-\n', 'x'.repeat(256)])('refuses the name %j', (name) => {
    const properties = new Map([[name, latin('1')]]);

    expect(() => encodeMetadata(settingsWith({ properties }))).toThrow(/^a property cannot be named /);
  });
});

describe('parseMetadata', () => {
  it('reads what encodeMetadata says, from any memory', () => {
    const name = fc.stringMatching(/^X-[\w.+-]{0,30}$/);
    const properties = fc.dictionary(name, fc.uint8Array({ maxLength: 300 }));
    fc.assert(
      fc.property(properties, fc.uint8Array({ maxLength: 300 }), (given, identity) => {
        const map = new Map(Object.entries(given));
        const memory = encodeMetadata(settingsWith({ socketType: 'DEALER', identity, properties: map }));
        const { properties: read, ...rest } = parseMetadata(memory, 'ROUTER');
        memory.fill(0);
        expect(rest).toEqual({ socketType: 'DEALER', identity });
        expect([...read]).toEqual([['Socket-Type', latin('DEALER')], ['Identity', identity], ...map]);
      }),
    );
  });

  it.each([
    ['nothing', '', { socketType: '', identity: '', names: [] }],
    ['no Socket-Type', property('X-A', '1'), { socketType: '', identity: '', names: ['X-A'] }],
    ['an empty name', property('', '1'), { socketType: '', identity: '', names: [''] }],
    ['Resource', property('Resource', '/x'), { socketType: '', identity: '', names: ['Resource'] }],
    [
      'a type in another case',
      property('socket-TYPE', 'PUSH'),
      { socketType: 'PUSH', identity: '', names: ['socket-TYPE'] },
    ],
    [
      'an identity of 300 bytes, starting with a zero',
      property('Identity', `\0${'i'.repeat(299)}`),
      { socketType: '', identity: `\0${'i'.repeat(299)}`, names: ['Identity'] },
    ],
    [
      'names of objects',
      property('__proto__', '1') + property('constructor', '2'),
      { socketType: '', identity: '', names: ['__proto__', 'constructor'] },
    ],
  ])('takes %s', (_what, text, { socketType, identity, names }) => {
    const metadata = parse(text);

    expect({ ...metadata, properties: [...metadata.properties.keys()] }).toEqual({
      socketType,
      identity: latin(identity),
      properties: names,
    });
  });

  it('keeps the first of properties with one name', () => {
    const text = ['a', 'b'].map((value) => property('X-A', value) + property('Identity', value)).join('');
    const { properties, identity } = parse(text);

    expect([properties.get('X-A'), identity]).toEqual([latin('a'), latin('a')]);
  });

  it.each([
    ['one byte too many', `${property('Socket-Type', 'PUSH')}\x01`],
    ['a zero too many', `${property('Socket-Type', 'PUSH')}\0`],
    ['a name that is cut off', '\x0bSocket-T'],
    ['a value without its whole length', '\x03X-A\0\0\0'],
    ['a value that is cut off', property('X-A', 'abc', 4)],
    ['a value of 4 GiB', property('X-A', 'abc', 0xffffffff)],
    ['a value of 2 GiB', property('X-A', 'abc', 0x80000000)],
  ])('refuses %s', (_what, text) => {
    expect(() => parse(text)).toThrow(/^malformed metadata: .* is cut off$/);
  });

  it.each(['push', 'PUSH ', 'PUSH\0', '', 'PULL', 'constructor', 'P'.repeat(1000)])('refuses the type %j', (type) => {
    expect(() => parse(property('Socket-Type', type))).toThrow(/^a PULL socket does not talk to one of type /);
    expect(() => parse(property('Socket-Type', 'PUSH') + property('Socket-Type', type))).toThrow(/^a PULL socket/);
  });

  it('takes 256 properties and no more', () => {
    const text = (count: number) => Array.from({ length: count }, (_, index) => property(`${index}`, '')).join('');

    expect(parse(text(256)).properties.size).toBe(256);
    expect(() => parse(text(257))).toThrow('metadata of more than 256 properties');
    expect(() => parse(property('', '').repeat(257))).toThrow('metadata of more than 256 properties');
  });
});
