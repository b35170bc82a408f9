import { describe, expect, it } from 'vitest';
import type { Connection } from '../../../src/engine/connections/Connection.js';
import { Handshakes } from '../../../src/engine/connections/Handshakes.js';

type Fake = Pick<Connection, 'peerAddress' | 'stage'> & { readonly name: string };

/** Connections by name, of which `away` is taken out. */
function setUp() {
  const handshakes = new Handshakes();
  const come = (peerAddress: string, stage: Connection['stage'], name = `${peerAddress} ${stage}`): Fake => {
    const connection = { peerAddress, stage, name };
    handshakes.add(connection);
    return connection;
  };
  const next = () => (handshakes.expendable as unknown as Fake | undefined)?.name;
  const away = (connection: Fake) => handshakes.delete(connection);
  return { handshakes, come, next, away };
}

describe('who makes way', () => {
  it('is nobody where there is nobody', () => {
    expect(setUp().next()).toBeUndefined();
  });

  it('is the oldest that is silent, then the oldest that waits for its peer, then the oldest that we make wait', () => {
    const { come, next, away } = setUp();
    const asking = come('a', 'asking');
    const speaking = come('b', 'speaking');
    const first = come('a', 'silent', 'first');
    const second = come('c', 'silent', 'second');
    expect(next()).toBe('first');
    away(first);
    expect(next()).toBe('second');
    away(second);
    expect(next()).toBe('b speaking');
    away(speaking);
    expect(next()).toBe('a asking');
    away(asking);
    expect(next()).toBeUndefined();
  });

  it('is of the address that has the most, however far its connections have come and others have not', () => {
    const { come, next, away } = setUp();
    come('friend', 'silent');
    const crowd = Array.from({ length: 20 }, (_, i) =>
      come('crowd', i % 2 === 0 ? 'asking' : 'speaking', `crowd ${i}`),
    );
    expect(next()).toBe('crowd 1');
    for (const connection of crowd.filter(({ stage }) => stage === 'speaking')) away(connection);
    expect(next()).toBe('crowd 0');
  });

  it('is not of an address for a few connections: a flood may come from many addresses, with one each', () => {
    const { come, next } = setUp();
    for (let i = 0; i < 5; i += 1) come('friend', 'asking');
    for (let i = 0; i < 100; i += 1) come(`flood ${i}`, 'silent', `flood ${i}`);
    expect(next()).toBe('flood 0');
  });

  it('keeps count of who comes and goes', () => {
    const { handshakes, come, away } = setUp();
    const [a, b] = [come('a', 'silent'), come('a', 'silent')];
    expect([handshakes.size, handshakes.all().length]).toEqual([2, 2]);
    away(a);
    away(a);
    expect(handshakes.has(b as unknown as Connection)).toBe(true);
    expect(handshakes.has(a as unknown as Connection)).toBe(false);
    away(b);
    expect([handshakes.size, handshakes.all()]).toEqual([0, []]);
  });
});
