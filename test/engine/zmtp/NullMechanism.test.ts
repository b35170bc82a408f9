import { describe, expect, it } from 'vitest';
import { Side, commandFrame, greetingOf, hexOf, joinedBytes, latin, meet, property, readyWith } from './Side.js';

const ready = (type: string) => commandFrame(readyWith(property('Socket-Type', type)));

describe('NULL', () => {
  it('lets two of ours meet, each saying READY without waiting for the other', () => {
    const properties = new Map([['X-Hello', latin('there')]]);
    const one = new Side({ socketType: 'DEALER', identity: latin('me'), properties });
    const other = new Side({ socketType: 'ROUTER' });
    meet(one, other);

    expect(other.peer).toEqual({
      version: 3.1,
      socketType: 'DEALER',
      identity: latin('me'),
      properties: new Map([
        ['Socket-Type', latin('DEALER')],
        ['Identity', latin('me')],
        ['X-Hello', latin('there')],
      ]),
      userId: undefined,
    });
    expect(one.peer.socketType).toBe('ROUTER');
    expect([one.outcome, other.outcome]).toMatchObject([{ cipher: undefined }, { cipher: undefined }]);
  });

  it('refuses a type that ours does not talk to, without a word', () => {
    const side = new Side().feed(greetingOf('NULL'));
    const { said } = side;
    side.feed(ready('SUB'));

    expect(side.failure).toEqual({ reason: "a PULL socket does not talk to one of type 'SUB'", refused: false });
    expect(side.said).toBe(said);
  });

  it('refuses metadata that is malformed', () => {
    const side = new Side().feed(joinedBytes(greetingOf('NULL'), commandFrame('\x05READY\x0bSocket-Type')));

    expect(side.failure.reason).toMatch(/^malformed metadata/);
  });

  it('leaves a second READY to the traffic', () => {
    const side = new Side().feed(joinedBytes(greetingOf('NULL'), ready('PUSH'), ready('PUSH')));

    expect(side.peer.socketType).toBe('PUSH');
    expect(side.traffic).toBe(hexOf(ready('PUSH')));
  });
});
