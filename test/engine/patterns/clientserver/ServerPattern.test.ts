import { describe, expect, it } from 'vitest';
import { SocketError } from '../../../../src/errors.js';
import { ServerPattern } from '../../../../src/engine/patterns/clientserver/ServerPattern.js';
import { FakeHost } from '../FakeHost.js';
import { bytes, FakePipe, type PartLike, texts } from '../FakePipe.js';

function setUp() {
  const host = new FakeHost();
  const pattern = new ServerPattern(host, {});
  return {
    host,
    pattern,
    send: (...parts: PartLike[]) => pattern.send(parts.map(bytes), false),
    open: (room = Infinity) => {
      const peer = new FakePipe({ room });
      peer.open(pattern);
      return peer;
    },
  };
}

describe('ServerPattern', () => {
  it('puts four bytes before each message, and sends to the peer they name', () => {
    const { pattern, open, send } = setUp();
    const [a, b] = [open(), open()];
    a.deliver('from a');
    b.deliver('from b');
    const [first, second] = [pattern.receive(false)!, pattern.receive(true)!];
    expect([first[0]!.length, second[0]!.length]).toEqual([4, 4]);
    expect([texts(first)![1], texts(second)![1]]).toEqual(['from a', 'from b']);
    expect(pattern.from).toBe(b);
    const [idOfA, idOfB] = [Buffer.from(first[0]!).readUInt32BE(), Buffer.from(second[0]!).readUInt32BE()];
    expect(idOfB).not.toBe(idOfA);
    expect(Math.min(idOfA, idOfB)).toBeGreaterThan(0);
    send(second[0]!, 'to b');
    send(first[0]!.slice(), 'to a');
    expect([a.sent, b.sent]).toEqual([[['to a']], [['to b']]]);
  });

  it('receives from its peers in turns', () => {
    const { pattern, open } = setUp();
    const peers = [open(), open()];
    for (const [i, peer] of peers.entries()) for (const n of [0, 1]) peer.deliver(`${i}-${n}`);
    const read = Array.from({ length: 4 }, () => texts(pattern.receive(false))![1]);
    expect(read).toEqual(['0-0', '1-0', '0-1', '1-1']);
  });

  it('sends only an id and one part', () => {
    const { pattern, open, send } = setUp();
    const peer = open();
    const id = pattern.idOf(peer)!;
    expect(() => send(id)).toThrow(SocketError);
    expect(() => send(id, 'a', 'b')).toThrow('a message is a routing id and one part here, not 3 parts');
    expect(() => send()).toThrow(SocketError);
    expect(peer.sent).toEqual([]);
  });

  it('refuses what is for nobody', () => {
    const { pattern, open, send } = setUp();
    const peer = open();
    const id = pattern.idOf(peer)!;
    for (const wrong of ['', 'a', 'abcde', '\0\0\0\0']) expect(() => send(wrong, 'x')).toThrow('no peer');
    peer.close();
    expect(() => send(id, 'x')).toThrow(SocketError);
  });

  it('takes nothing for a peer without room, and says when it has some, or is gone', () => {
    const { host, pattern, open, send } = setUp();
    const peer = open(1);
    const id = pattern.idOf(peer)!;
    expect([send(id, 'a'), send(id, 'b')]).toEqual([true, false]);
    peer.room = 1;
    expect(host.writableCount).toBe(2);
    expect([send(id, 'b'), send(id, 'c')]).toEqual([true, false]);
    peer.close();
    expect(host.writableCount).toBe(3);
    expect(() => send(id, 'c')).toThrow(SocketError);
    expect(host.drops).toEqual([]);
  });

  it('drops a message of several parts, and keeps the connection', () => {
    const { host, pattern, open } = setUp();
    const peer = open();
    peer.deliver('a', 'b');
    peer.deliver('c');
    peer.deliver('d', '', '');
    expect(texts(pattern.receive(false))![1]).toBe('c');
    expect(pattern.receive(false)).toBeUndefined();
    expect(host.dropCount).toBe(2);
    expect(peer.refusals).toEqual([]);
  });

  it('reads what peers left that have gone', () => {
    const { host, pattern, open } = setUp();
    const peer = open();
    const id = pattern.idOf(peer);
    peer.deliver('a');
    peer.close();
    expect(pattern.receive(false)).toEqual([id, bytes('a')]);
    expect(pattern.receive(false)).toBeUndefined();
    expect(host.readableCount).toBe(1);
  });
});
