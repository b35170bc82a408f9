import { describe, expect, it } from 'vitest';
import { saysIdentity, socketTypeName, socketTypeNumber } from '../../../src/engine/zmtp/socketTypes.js';
import { talkTo } from '../../../src/engine/zmtp/talkTo.js';

const names = [
  ...['PAIR', 'PUB', 'SUB', 'REQ', 'REP', 'DEALER', 'ROUTER', 'PULL', 'PUSH', 'XPUB', 'XSUB', 'STREAM', 'SERVER'],
  ...['CLIENT', 'RADIO', 'DISH', 'GATHER', 'SCATTER', 'DGRAM', 'PEER', 'CHANNEL'],
];

/** Each pair that libzmq lets talk. */
const pairs = [
  ...['PAIR PAIR', 'PUB SUB', 'PUB XSUB', 'XPUB SUB', 'XPUB XSUB', 'REQ REP', 'REQ ROUTER', 'REP DEALER'],
  ...['DEALER DEALER', 'DEALER ROUTER', 'ROUTER ROUTER', 'PULL PUSH', 'SERVER CLIENT', 'RADIO DISH'],
  ...['GATHER SCATTER', 'PEER PEER', 'CHANNEL CHANNEL'],
];

describe('socket types', () => {
  it('talk to each other in exactly these pairs, either side asking', () => {
    const expected = new Set(pairs.flatMap((pair) => [pair, pair.split(' ').reverse().join(' ')]));
    const all = names.flatMap((own) => names.filter((peer) => talkTo(own, peer)).map((peer) => `${own} ${peer}`));

    expect(new Set(all)).toEqual(expected);
  });

  it('that are unknown talk to nobody', () => {
    for (const name of ['', 'push', 'toString', '__proto__']) {
      expect([talkTo('PULL', name), talkTo(name, 'PULL'), talkTo(name, name)]).toEqual([false, false, false]);
      expect([socketTypeNumber(name), saysIdentity(name)]).toEqual([undefined, false]);
    }
  });

  it('have the numbers of libzmq', () => {
    expect(names.map(socketTypeNumber)).toEqual(names.map((_, number) => number));
    expect(names.map((_, number) => socketTypeName(number))).toEqual(names);
    expect([socketTypeName(-1), socketTypeName(21), socketTypeName(255)]).toEqual([undefined, undefined, undefined]);
  });
});
