import { describe, expect, it } from 'vitest';
import { SocketError } from '../../../../src/errors.js';
import { ChannelPattern } from '../../../../src/engine/patterns/pair/ChannelPattern.js';
import { FakeHost } from '../FakeHost.js';
import { bytes, FakePipe, texts } from '../FakePipe.js';

function setUp() {
  const host = new FakeHost();
  const pattern = new ChannelPattern(host, {});
  const peer = new FakePipe();
  peer.open(pattern);
  return { host, pattern, peer };
}

describe('ChannelPattern', () => {
  it('moves messages of one part both ways, to one peer', () => {
    const { pattern, peer } = setUp();
    expect(pattern.send([bytes('ping')], false)).toBe(true);
    expect(peer.sent).toEqual([['ping']]);
    peer.deliver('pong');
    expect(texts(pattern.receive(false))).toEqual(['pong']);
    expect(new FakePipe().open(pattern)).toBe(false);
  });

  it('sends no message of several parts', () => {
    const { pattern, peer } = setUp();
    expect(() => pattern.send([bytes('a'), bytes('b')], false)).toThrow(SocketError);
    expect(() => pattern.send([], false)).toThrow('one part');
    expect(peer.sent).toEqual([]);
  });

  it('drops one that arrives and goes on', () => {
    const { host, pattern, peer } = setUp();
    peer.deliver('a', 'b');
    peer.deliver('c');
    expect(texts(pattern.receive(false))).toEqual(['c']);
    peer.deliver('d', '');
    expect(pattern.receive(false)).toBeUndefined();
    expect(host.dropCount).toBe(2);
    expect(peer.refusals).toEqual([]);
    peer.deliver('e');
    expect(host.readableCount).toBe(2);
  });
});
