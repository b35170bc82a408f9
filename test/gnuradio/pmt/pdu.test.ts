import { decodePmt, encodePmt, pdu, type Pmt, pmt, readPdu, writePdu } from 'rxzmq/gnuradio';
import { describe, expect, it } from 'vitest';
import { captured, part, valueOf } from '../fixtures.js';

const data = Uint8Array.of(1, 2, 3);

describe('PDUs', () => {
  const pdus = captured.messages.filter(({ name }) => name.includes('_pdu_'));

  it.each(pdus)('$name: read and written with the same bytes', ({ parts, pmt: { car, cdr } }) => {
    const message = part(parts[0]);
    const read = pdu().decode([message]);

    expect(read).toStrictEqual({ meta: valueOf(car!) ?? new Map(), data: valueOf(cdr!) });
    expect(pdu().encode(read)).toEqual([message]);
  });

  it('take a plain object for what is known, and nothing', () => {
    expect(pdu().decode(pdu().encode({ meta: { a: 1n }, data }))).toEqual({ meta: new Map([['a', 1n]]), data });
    expect(pdu().decode(pdu().encode({ data }))).toEqual({ meta: new Map(), data });
    expect(writePdu({ data })).toEqual(pmt.pair(null, data));
  });

  it('of older releases have a list of pairs', () => {
    const old = { dialect: '3.8' } as const;
    const meta = new Map<Pmt, Pmt>([
      ['a', 1n],
      ['list', pmt.list(1, 2)],
      ['none', null],
    ]);
    const message = encodePmt(writePdu({ meta, data }), old);

    expect(message[1]).toBe(7);
    expect(readPdu(decodePmt(message, old))).toEqual({ meta, data });
  });

  it.each([
    ['a symbol', 'hello', "this message is the symbol 'hello'"],
    ['nil', null, 'this message is nil'],
    ['a double', 1, 'this message is the double 1'],
    ['a dict', new Map([['a', 1n]]), 'this message is a dict of 1'],
    ['a command', pmt.pair('freq', 1), 'this message is a pair'],
    ['a pair of a list', pmt.pair(pmt.list(1), data), 'this message is a pair'],
    ['a vector', [data], 'this message is a vector of 1'],
  ])('refuse %s', (_, message, text) => {
    expect(() => readPdu(message)).toThrow(`a PDU is a pair of a dict and a uniform vector, ${text}`);
  });

  it.each([
    [{ data: 'text' }, "not 'text': new TextEncoder().encode(text) makes bytes of a text"],
    [{}, 'not undefined'],
    [undefined, 'not undefined'],
    [{ data: [1] }, 'not an array of 1'],
    [{ meta: 'freq', data }, "the metadata of a PDU must be a Map or a plain object, not 'freq'"],
    [{ meta: ['freq', 1], data }, 'not an array of 2'],
    [{ meta: 7, data }, 'not 7'],
    [{ meta: data, data }, 'not Uint8Array of 3'],
  ])('refuse to be made of %o', (given, text) => {
    expect(() => writePdu(given as never)).toThrow(text);
  });

  it('name themselves where an option is wrong', () => {
    expect(() => pdu({ dialect: 'x' as never })).toThrow(/^pdu: option 'dialect'/);
    expect(() => pmt.request({ dialect: 'x' as never })).toThrow(/^pmt.request: option 'dialect'/);
    expect(() => pmt.reply({ key: 'x' } as never)).toThrow(/^pmt.reply: unknown option 'key'/);
    expect(() => pmt({ key: 'x' } as never)).toThrow(/^pmt: unknown option 'key'/);
  });
});
