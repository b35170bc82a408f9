import { describe, expect, it } from 'vitest';
import { SocketError } from '../../../../src/errors.js';
import type { TypeOptions } from '../../../../src/driver/TypeOptions.js';
import { StreamPattern } from '../../../../src/engine/patterns/reqrep/StreamPattern.js';
import { FakeHost } from '../FakeHost.js';
import { bytes, FakePipe, type PartLike, text, texts } from '../FakePipe.js';

function setUp(options: TypeOptions = {}) {
  const host = new FakeHost();
  const pattern = new StreamPattern(host, options);
  return {
    host,
    pattern,
    send: (...parts: PartLike[]) => pattern.send(parts.map(bytes), false),
    receive: () => texts(pattern.receive(false)),
    open: (room = Infinity) => {
      const peer = new FakePipe({ room });
      peer.open(pattern);
      return { peer, id: text(pattern.idOf(peer)!) };
    },
  };
}

describe('StreamPattern', () => {
  it('tells of a peer that comes, what it sends, and that it goes', () => {
    const { host, pattern, open, receive } = setUp();
    const { peer, id } = open();
    expect(id).toMatch(/^\0[^]{4}$/);
    expect(host.readableCount).toBe(1);
    peer.deliver('GET /');
    peer.deliver(' HTTP/1.0');
    peer.close();
    const read = [1, 2, 3, 4, 5].map(() => receive());
    expect(read).toEqual([[id, ''], [id, 'GET /'], [id, ' HTTP/1.0'], [id, ''], undefined]);
    expect(pattern.from).toBe(peer);
  });

  it('sends to the peer that is named', () => {
    const { open, send } = setUp();
    const [a, b] = [open(), open()];
    expect(send(b.id, 'to b')).toBe(true);
    expect(send(a.id, 'to a')).toBe(true);
    expect([a.peer.sent, b.peer.sent]).toEqual([[['to a']], [['to b']]]);
  });

  it('closes the connection of a peer that is sent nothing, and forgets it', () => {
    const { host, open, send, receive } = setUp();
    const { peer, id } = open();
    receive();
    peer.deliver('unread');
    send(id, 'last');
    expect(send(id, '')).toBe(true);
    expect(peer.ended).toBe(true);
    expect(peer.readable).toBe(false);
    expect(peer.sent).toEqual([['last']]);
    expect(() => send(id, 'more')).toThrow(SocketError);
    peer.deliver('more');
    peer.close();
    expect(receive()).toBeUndefined();
    expect(host.readableCount).toBe(1);
  });

  it('closes it also where it has no room', () => {
    const { open, send } = setUp();
    const { peer, id } = open(0);
    expect(send(id, '')).toBe(true);
    expect(peer.ended).toBe(true);
  });

  it('tells only what is asked for', () => {
    for (const notify of ['none', 'connect', 'disconnect'] as const) {
      const { open, receive } = setUp({ notify });
      const { peer, id } = open();
      expect(receive()).toEqual(notify === 'connect' ? [id, ''] : undefined);
      peer.deliver('x');
      peer.close();
      expect(receive()).toEqual([id, 'x']);
      expect(receive()).toEqual(notify === 'disconnect' ? [id, ''] : undefined);
    }
  });

  it('refuses what is for nobody, or no id and data', () => {
    const { open, send } = setUp();
    const { id } = open();
    expect(() => send('nobody', 'x')).toThrow('there is no peer with the routing id 0x6e6f626f6479');
    expect(() => send(id)).toThrow('a message is a routing id and data here, not 1 part');
    expect(() => send(id, 'a', 'b')).toThrow(SocketError);
  });

  it('takes nothing for a peer without room, and says when it has some, or is gone', () => {
    const { host, open, send } = setUp();
    const { peer, id } = open(1);
    expect([send(id, 'a'), send(id, 'b')]).toEqual([true, false]);
    const before = host.writableCount;
    peer.room = 1;
    expect(host.writableCount).toBe(before + 1);
    expect([send(id, 'b'), send(id, 'c')]).toEqual([true, false]);
    peer.close();
    expect(host.writableCount).toBe(before + 2);
    expect(() => send(id, 'c')).toThrow(SocketError);
  });

  it('knows a connecting side by the id that was given, or one of its own, from the start and over reconnects', () => {
    const { pattern, send, receive } = setUp();
    const given = new FakePipe({ connects: true, assignedId: 'given' });
    const plain = new FakePipe({ connects: true });
    given.open(pattern);
    plain.open(pattern);
    const id = text(pattern.idOf(plain)!);
    send('given', 'a');
    send(id, 'b');
    expect([given.sent, plain.sent]).toEqual([[['a']], [['b']]]);
    expect(receive()).toBeUndefined();
    plain.connect();
    plain.deliver('x');
    plain.disconnect();
    plain.connect();
    plain.deliver('y');
    const read = [1, 2, 3, 4, 5, 6].map(() => receive());
    expect(read.filter((parts) => parts?.[1] !== '')).toEqual([[id, 'x'], [id, 'y'], undefined]);
    expect(read.filter((parts) => parts?.[1] === '')).toEqual([
      [id, ''],
      [id, ''],
      [id, ''],
    ]);
    expect(read[0]).toEqual([id, '']);
    expect(new FakePipe({ connects: true, assignedId: 'given' }).open(pattern)).toBe(false);
  });
});
