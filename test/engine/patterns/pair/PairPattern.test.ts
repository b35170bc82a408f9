import { describe, expect, it } from 'vitest';
import { UnsupportedError } from '../../../../src/errors.js';
import { PairPattern } from '../../../../src/engine/patterns/pair/PairPattern.js';
import { FakeHost } from '../FakeHost.js';
import { bytes, FakePipe, texts } from '../FakePipe.js';

function setUp() {
  const host = new FakeHost();
  const pattern = new PairPattern(host, {});
  return {
    host,
    pattern,
    send: (...parts: string[]) => pattern.send(parts.map(bytes), false),
    receive: () => texts(pattern.receive(false)),
  };
}

describe('PairPattern', () => {
  it('moves messages both ways', () => {
    const { pattern, send, receive } = setUp();
    const peer = new FakePipe();
    expect(peer.open(pattern)).toBe(true);
    expect(send('a', '', 'b')).toBe(true);
    expect(peer.sent).toEqual([['a', '', 'b']]);
    peer.deliver('x', 'y');
    expect(receive()).toEqual(['x', 'y']);
    expect(pattern.from).toBe(peer);
    expect(receive()).toBeUndefined();
  });

  it('has no place for a second peer until the first has gone', () => {
    const { pattern, send } = setUp();
    const [first, second, third] = [new FakePipe(), new FakePipe(), new FakePipe()];
    first.open(pattern);
    expect(second.open(pattern)).toBe(false);
    pattern.detach(second); // whatever is said of it
    send('for the first');
    expect(first.sent).toEqual([['for the first']]);
    first.close();
    expect(third.open(pattern)).toBe(true);
    send('for the third');
    expect(third.sent).toEqual([['for the third']]);
  });

  it('takes nothing without a peer or room, and says when there is', () => {
    const { host, pattern, send } = setUp();
    expect(send('a')).toBe(false);
    const peer = new FakePipe({ room: 1 });
    peer.open(pattern);
    expect(host.writableCount).toBe(1);
    expect(send('a')).toBe(true);
    expect(send('b')).toBe(false);
    peer.room = 1;
    expect(host.writableCount).toBe(2);
    expect(send('b')).toBe(true);
    expect(send('c')).toBe(false);
    peer.close();
    expect(send('c')).toBe(false);
    expect(host.drops).toEqual([]);
  });

  it('lets messages wait on a connecting side, where the socket does not wait for peers', () => {
    const { pattern, send } = setUp();
    const peer = new FakePipe({ connects: true, room: 2 });
    peer.open(pattern);
    expect([send('a'), send('b'), send('c')]).toEqual([true, true, false]);
  });

  it('says once that there is something, and again after it was found empty', () => {
    const { host, pattern, receive } = setUp();
    const peer = new FakePipe();
    peer.open(pattern);
    peer.deliver('a');
    peer.deliver('b');
    expect(host.readableCount).toBe(1);
    receive();
    receive();
    peer.deliver('c'); // nobody has found it empty
    expect(host.readableCount).toBe(1);
    receive();
    expect(receive()).toBeUndefined();
    peer.deliver('d');
    expect(host.readableCount).toBe(2);
  });

  it('reads what a peer left before what the next one says', () => {
    const { pattern, receive } = setUp();
    const [first, second] = [new FakePipe(), new FakePipe()];
    first.open(pattern);
    first.deliver('a');
    first.deliver('b');
    first.close();
    second.open(pattern);
    second.deliver('c');
    expect([receive(), receive()]).toEqual([['a'], ['b']]);
    expect(pattern.from).toBe(first);
    expect([receive(), receive()]).toEqual([['c'], undefined]);
    expect(pattern.from).toBe(second);
  });

  it('takes back what its peer has not got', () => {
    const { pattern } = setUp();
    const message = [bytes('a')];
    expect(pattern.withdraw(message)).toBe(false);
    const peer = new FakePipe({ connects: true });
    peer.open(pattern);
    pattern.send(message, true);
    expect(pattern.withdraw(message)).toBe(true);
    expect(peer.sent).toEqual([]);
    expect(pattern.withdraw(message)).toBe(false);
  });

  it('neither subscribes nor joins', () => {
    const { pattern } = setUp();
    for (const method of ['subscribe', 'unsubscribe', 'join', 'leave'] as const) {
      expect(() => pattern[method](bytes('a'))).toThrow(UnsupportedError);
    }
  });
});
