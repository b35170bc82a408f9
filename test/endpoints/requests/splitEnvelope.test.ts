import fc from 'fast-check';
import { expect, it } from 'vitest';
import { splitEnvelope } from '../../../src/endpoints/requests/splitEnvelope.js';

const parts = (...texts: string[]) => texts.map((text) => new TextEncoder().encode(text));

it.each<[string[], number, string[], string[]]>([
  [['', 'body'], 0, [''], ['body']],
  [['id', '', 'body'], 0, ['id', ''], ['body']],
  [['peer', 'id', '', 'header', 'payload'], 1, ['peer', 'id', ''], ['header', 'payload']],
  [['peer', ''], 1, ['peer', ''], []],
  [['id', '', '', 'after'], 0, ['id', ''], ['', 'after']], // the first one ends it
  [['', '', 'body'], 1, ['', ''], ['body']], // a peer without a routing id
])('splits %j from %i', (message, from, envelope, body) => {
  expect(splitEnvelope(parts(...message), from)).toEqual({ envelope: parts(...envelope), body: parts(...body) });
});

it.each<[string[], number]>([
  [[], 0],
  [['body'], 0],
  [['peer', 'id', 'body'], 1],
  [[''], 1], // only a routing id, which is empty
])('finds no end in %j from %i', (message, from) => {
  expect(splitEnvelope(parts(...message), from)).toBeUndefined();
});

it('loses and copies nothing', () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 2 }), { maxLength: 8 }), fc.nat({ max: 3 }), (message, from) => {
      const split = splitEnvelope(message, from);
      if (split === undefined) {
        expect(message.slice(from).filter((part) => part.length === 0)).toEqual([]);
        return;
      }
      const { envelope, body } = split;
      const again = [...envelope, ...body];
      expect(again).toHaveLength(message.length);
      expect(again.findIndex((part, i) => part !== message[i])).toBe(-1);
      expect(envelope.findIndex((part, i) => i >= from && part.length === 0)).toBe(envelope.length - 1);
    }),
  );
});
