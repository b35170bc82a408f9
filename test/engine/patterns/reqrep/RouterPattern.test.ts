import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SocketError } from '../../../../src/errors.js';
import type { TypeOptions } from '../../../../src/driver/TypeOptions.js';
import { RouterPattern } from '../../../../src/engine/patterns/reqrep/RouterPattern.js';
import { FakeHost } from '../FakeHost.js';
import { bytes, FakePipe, type FakePipeSettings, type PartLike, text, texts } from '../FakePipe.js';

function setUp(options: TypeOptions = {}) {
  const host = new FakeHost();
  const pattern = new RouterPattern(host, options);
  return {
    host,
    pattern,
    send: (...parts: PartLike[]) => pattern.send(parts.map(bytes), false),
    receive: () => texts(pattern.receive(false)),
    /** A peer with an identity that is accepted. */
    open: (identity = '', settings: FakePipeSettings = {}) => {
      const peer = named(identity, settings);
      expect(peer.open(pattern)).toBe(true);
      return peer;
    },
  };
}

const named = (identity: string, settings: FakePipeSettings = {}) =>
  new FakePipe({ ...settings, peer: { identity: bytes(identity) } });

describe('RouterPattern', () => {
  it('puts the id of its peer before each message, and sends to the one that is named', () => {
    const { pattern, open, send, receive } = setUp();
    const [a, b] = [open('A'), open('B')];
    a.deliver('', 'hello');
    expect(receive()).toEqual(['A', '', 'hello']);
    expect(pattern.from).toBe(a);
    expect(send('B', '', 'x', 'y')).toBe(true);
    expect(send('A', 'z')).toBe(true);
    expect([a.sent, b.sent]).toEqual([[['z']], [['', 'x', 'y']]]);
  });

  it('moves messages of any number of parts', () => {
    const { open, send, receive } = setUp();
    const peer = open('A');
    for (const count of [1, 2, 3, 4, 5, 20]) {
      const parts = Array.from({ length: count }, (_, i) => `${i}`);
      peer.deliver(...parts);
      expect(receive()).toEqual(['A', ...parts]);
      send('A', ...parts);
      expect(peer.takeSent()).toEqual([parts]);
    }
  });

  it('receives from its peers in turns', () => {
    const { open, receive } = setUp();
    const peers = ['A', 'B', 'C'].map((id) => open(id));
    for (const peer of peers) for (const n of ['0', '1']) peer.deliver(n);
    const read = Array.from({ length: 6 }, () => receive()!.join('-'));
    expect(read).toEqual(['A-0', 'B-0', 'C-0', 'A-1', 'B-1', 'C-1']);
  });

  it('makes an id up for a peer without one: 00 and a number', () => {
    const { pattern, open } = setUp();
    const [a, b] = [open(), open()];
    a.deliver('a');
    b.deliver('b');
    const ids = [pattern.receive(false)![0]!, pattern.receive(false)![0]!];
    expect(ids.map((id) => [id.length, id[0]])).toEqual([
      [5, 0],
      [5, 0],
    ]);
    const numbers = ids.map((id) => Buffer.from(id).readUInt32BE(1));
    expect(numbers[1]).toBe((numbers[0]! + 1) % 2 ** 32);
    pattern.send([ids[1]!, bytes('to b')], false);
    pattern.send([ids[0]!.slice(), bytes('to a')], false);
    expect([a.sent, b.sent]).toEqual([[['to a']], [['to b']]]);
  });

  it('lends one id array with all messages of a peer, and gives a new one with those that are the reader’s', () => {
    const { pattern, open } = setUp();
    const peer = open('A');
    for (const body of ['a', 'b', 'c', 'd']) peer.deliver(body);
    const ids = [true, false, true, false].map((borrow) => pattern.receive(borrow)![0]!);
    expect(ids.map(text)).toEqual(['A', 'A', 'A', 'A']);
    expect(new Set(ids).size).toBe(3);
    expect(ids[0]).toBe(ids[2]);
    expect(pattern.idOf(peer)).toBe(ids[0]);
    expect(pattern.idOf(new FakePipe())).toBeUndefined();
  });

  it('takes a message without parts behind the id, and sends nothing', () => {
    const { host, open, send } = setUp();
    const peer = open('A');
    expect([send('A'), send('nobody')]).toEqual([true, true]);
    expect(peer.sent).toEqual([]);
    expect(host.drops).toEqual([]);
  });

  it('takes no message without an id', () => {
    const { send } = setUp();
    expect(() => send()).toThrow(SocketError);
  });

  it('drops what is for nobody, or for a peer without room, and says so', () => {
    const { host, open, send } = setUp();
    const peer = open('A', { room: 1 });
    expect([send('nobody', 'x'), send('A', 'x'), send('A', 'y')]).toEqual([true, true, true]);
    expect(peer.sent).toEqual([['x']]);
    expect(host.drops).toEqual([
      { count: 1, reason: 'there is no peer with the routing id of the message' },
      { count: 1, reason: 'the queue of the peer is full' },
    ]);
  });

  describe('with mandatory', () => {
    it('refuses what is for nobody', () => {
      const { open, send } = setUp({ mandatory: true });
      expect(() => send('A', 'x')).toThrow(SocketError);
      expect(() => send('A')).toThrow('there is no peer with the routing id 0x41');
      try {
        send('A', 'x');
      } catch (error) {
        expect(((error as SocketError).cause as { code?: string }).code).toBe('EHOSTUNREACH');
      }
      const peer = open('A');
      expect(send('A', 'x')).toBe(true);
      peer.close();
      expect(() => send('A', 'x')).toThrow(SocketError);
    });

    it('shows no more of an id than can be read', () => {
      const { send } = setUp({ mandatory: true });
      expect(() => send(new Uint8Array(1_000_000), 'x')).toThrow(/^.{0,200}\.\.\. \(1000000 bytes\)$/);
    });

    it('takes nothing for a peer without room, and says when it has some, or is gone', () => {
      const { host, open, send } = setUp({ mandatory: true });
      const [peer, other] = [open('A', { room: 1 }), open('B')];
      expect([send('A', 'x'), send('A', 'y')]).toEqual([true, false]);
      expect(send('B', 'x')).toBe(true);
      const before = host.writableCount;
      peer.room = 1;
      expect(host.writableCount).toBe(before + 1);
      expect([send('A', 'y'), send('A', 'z')]).toEqual([true, false]);
      peer.close();
      expect(host.writableCount).toBe(before + 2);
      expect(() => send('A', 'z')).toThrow(SocketError);
      expect([peer.sent, other.sent]).toEqual([[['x'], ['y']], [['x']]]);
      expect(host.drops).toEqual([]);
    });
  });

  describe('on a connecting side', () => {
    it('addresses a peer by the id that was given for it, before and after its handshake', () => {
      const { pattern, send, receive } = setUp();
      const peer = new FakePipe({ connects: true, assignedId: 'mine', peer: { identity: bytes('its') } });
      peer.open(pattern);
      expect(send('mine', 'early')).toBe(true);
      peer.connect();
      send('its', 'nobody');
      send('mine', 'late');
      expect(peer.sent).toEqual([['early'], ['late']]);
      peer.deliver('x');
      expect(receive()).toEqual(['mine', 'x']);
    });

    it('has no place for a second peer under an id that was given', () => {
      const { pattern, open, send } = setUp();
      const first = open('A');
      expect(new FakePipe({ connects: true, assignedId: 'A' }).open(pattern)).toBe(false);
      send('A', 'x');
      expect(first.sent).toEqual([['x']]);
    });

    it('cannot address a peer that it has no id of before the handshake', () => {
      const { pattern, send } = setUp({ mandatory: true });
      const peer = named('A', { connects: true });
      peer.open(pattern);
      expect(() => send('A', 'x')).toThrow(SocketError);
      expect(pattern.idOf(peer)).toBeUndefined();
      peer.connect();
      expect(send('A', 'x')).toBe(true);
    });

    it('keeps the first id of a peer over its reconnects, whatever it says of itself', () => {
      const { pattern, send, receive } = setUp();
      const peer = named('A', { connects: true });
      peer.open(pattern);
      peer.connect();
      peer.disconnect();
      expect(send('A', 'while away')).toBe(true);
      peer.connect({ identity: bytes('B') });
      peer.deliver('x');
      expect(receive()).toEqual(['A', 'x']);
      expect(peer.sent).toEqual([['while away']]);
    });
  });

  describe('when a peer goes', () => {
    it('reads what it left, under its id', () => {
      const { open, receive } = setUp();
      const peer = open('A');
      peer.deliver('a');
      peer.deliver('b');
      peer.close();
      expect([receive(), receive(), receive()]).toEqual([['A', 'a'], ['A', 'b'], undefined]);
    });

    it('gives its id to the next one that has it, read or not', () => {
      const { open, send, receive } = setUp();
      const old = open('A');
      old.deliver('unread');
      old.close();
      const fresh = open('A');
      send('A', 'x');
      expect([old.sent, fresh.sent]).toEqual([[], [['x']]]);
      fresh.deliver('y');
      expect([receive(), receive()]).toEqual([
        ['A', 'unread'],
        ['A', 'y'],
      ]);
    });

    it('sends nothing to a former peer whose id array is still around', () => {
      const { pattern, host, open } = setUp();
      const old = open('A');
      old.deliver('x');
      const [id] = pattern.receive(false)!;
      pattern.send([id!, bytes('reply')], false);
      old.close();
      pattern.send([id!, bytes('reply')], false);
      expect(host.dropCount).toBe(1);
      const fresh = open('A');
      pattern.send([id!, bytes('reply')], false);
      expect([old.sent, fresh.sent]).toEqual([[['reply']], [['reply']]]);
    });
  });

  describe('of two peers with one id', () => {
    it('knows only the first, and the other once that has gone', () => {
      const { host, open, send, receive } = setUp();
      const [first, second] = [open('A'), open('A')];
      second.deliver('from the second');
      expect(host.readableCount).toBe(0);
      expect(receive()).toBeUndefined();
      send('A', 'x');
      first.deliver('from the first');
      expect([receive(), receive()]).toEqual([['A', 'from the first'], undefined]);
      first.close();
      expect(host.readableCount).toBe(2);
      expect(receive()).toEqual(['A', 'from the second']);
      send('A', 'y');
      expect([first.sent, second.sent]).toEqual([[['x']], [['y']]]);
    });

    it('forgets one that went while it waited', () => {
      const { open, send, receive } = setUp();
      const [first, second, third] = [open('A'), open('A'), open('A')];
      second.deliver('never');
      second.close();
      first.close();
      send('A', 'x');
      expect(third.sent).toEqual([['x']]);
      expect(receive()).toBeUndefined();
    });

    it('knows only the last with handover, and still reads what the first had sent', () => {
      const { host, open, send, receive } = setUp({ handover: true });
      const first = open('A');
      first.deliver('before');
      const second = open('A');
      first.deliver('after'); // it has not been read empty, so this is one with what it left
      send('A', 'x');
      expect([first.sent, second.sent]).toEqual([[], [['x']]]);
      second.deliver('hello');
      const read = [receive(), receive(), receive()];
      expect(read).toEqual([
        ['A', 'before'],
        ['A', 'hello'],
        ['A', 'after'],
      ]);
      expect(receive()).toBeUndefined();
      first.deliver('unheard');
      expect(receive()).toBeUndefined();
      expect(host.readableCount).toBe(1);
      expect(first.ended).toBe(false);
    });

    it('gives the id back with handover when the last has gone', () => {
      const { open, send, receive } = setUp({ handover: true });
      const [first, second, third] = [open('A'), open('A'), open('A')];
      first.deliver('waiting');
      third.close();
      send('A', 'x');
      second.close();
      send('A', 'y');
      expect([first.sent, second.sent, third.sent]).toEqual([[['y']], [['x']], []]);
      expect(receive()).toEqual(['A', 'waiting']);
      first.close();
      send('A', 'z');
      expect(first.sent).toEqual([['y']]);
    });

    it('reads on from one that has the id again, whether or not what it had before was read', () => {
      for (const readFirst of [false, true]) {
        const { open, receive } = setUp({ handover: true });
        const first = open('A');
        first.deliver('1');
        const second = open('A');
        if (readFirst) expect([receive(), receive()]).toEqual([['A', '1'], undefined]);
        second.close();
        first.deliver('2');
        if (!readFirst) expect(receive()).toEqual(['A', '1']);
        expect([receive(), receive()]).toEqual([['A', '2'], undefined]);
        first.deliver('3');
        expect([receive(), receive()]).toEqual([['A', '3'], undefined]);
      }
    });

    it('hands an id that was given for a connection over as well', () => {
      const { pattern, open, send } = setUp({ handover: true });
      const accepted = open('A');
      const connecting = new FakePipe({ connects: true, assignedId: 'A' });
      expect(connecting.open(pattern)).toBe(true);
      send('A', 'x');
      const last = open('A');
      send('A', 'y');
      expect([accepted.sent, connecting.sent, last.sent]).toEqual([[], [['x']], [['y']]]);
    });
  });

  describe('with notify', () => {
    it('tells nothing by default', () => {
      const { host, open } = setUp();
      open('A').close();
      expect(host.readableCount).toBe(0);
    });

    it('tells when a peer comes, before what it says', () => {
      const { host, open, receive } = setUp({ notify: 'connect' });
      const peer = open('A');
      expect(host.readableCount).toBe(1);
      peer.deliver('x');
      peer.close();
      expect([receive(), receive(), receive()]).toEqual([['A', ''], ['A', 'x'], undefined]);
    });

    it('tells when a peer goes, behind what it said', () => {
      const { pattern, open, receive } = setUp({ notify: 'disconnect' });
      const peer = open('A');
      expect(receive()).toBeUndefined();
      peer.deliver('x');
      peer.deliver('y');
      peer.close();
      expect([receive(), receive(), receive(), receive()]).toEqual([['A', 'x'], ['A', 'y'], ['A', ''], undefined]);
      expect(pattern.from).toBe(peer);
    });

    it('tells of a peer that goes without a word', () => {
      const { host, open, receive } = setUp({ notify: 'disconnect' });
      const peer = open('A');
      receive();
      peer.close();
      expect(host.readableCount).toBe(1);
      expect([receive(), receive()]).toEqual([['A', ''], undefined]);
    });

    it('tells each connection of a connecting side, in its place', () => {
      const { pattern, receive } = setUp({ notify: 'both' });
      const peer = named('A', { connects: true });
      peer.open(pattern);
      expect(receive()).toBeUndefined();
      peer.connect();
      peer.deliver('1');
      expect([receive(), receive()]).toEqual([
        ['A', ''],
        ['A', '1'],
      ]);
      peer.deliver('2');
      peer.disconnect();
      peer.connect();
      expect([receive(), receive(), receive(), receive()]).toEqual([['A', '2'], ['A', ''], ['A', ''], undefined]);
      peer.disconnect();
      peer.connect();
      peer.deliver('3');
      peer.disconnect();
      peer.close();
      const rest = [1, 2, 3, 4, 5, 6].map(() => receive());
      expect(rest).toEqual([['A', ''], ['A', ''], ['A', '3'], ['A', ''], ['A', ''], undefined]);
    });

    it('puts a notice before messages that came after all others were read', () => {
      const { pattern, receive } = setUp({ notify: 'disconnect' });
      const peer = named('A', { connects: true });
      peer.open(pattern);
      peer.connect();
      peer.deliver('1');
      peer.disconnect();
      expect(receive()).toEqual(['A', '1']);
      peer.connect();
      peer.deliver('2');
      expect([receive(), receive(), receive()]).toEqual([['A', ''], ['A', '2'], undefined]);
    });

    it('tells nothing of a peer that only waits for its id', () => {
      const { open, receive } = setUp({ notify: 'both' });
      const first = open('A');
      const second = open('A');
      const third = open('A');
      expect([receive(), receive()]).toEqual([['A', ''], undefined]);
      third.close();
      expect(receive()).toBeUndefined();
      second.deliver('x');
      first.close();
      const read = [receive(), receive(), receive(), receive()];
      expect(read).toEqual([['A', ''], ['A', ''], ['A', 'x'], undefined]);
    });
  });

  it('sends each new peer an empty message with probe, before all others', () => {
    const { host, pattern, open, send } = setUp({ probe: true });
    host.onWritable = () => send('A', 'x');
    const accepted = open('A');
    expect(accepted.sent).toEqual([[''], ['x']]);
    const connecting = new FakePipe({ connects: true, waits: true });
    connecting.open(pattern);
    connecting.connect();
    connecting.disconnect();
    connecting.connect();
    expect(connecting.sent).toEqual([['']]);
    const full = open('C', { room: 0 });
    full.room = 2;
    expect(full.sent).toEqual([['']]);
    const assigned = new FakePipe({ connects: true, waits: true, assignedId: 'B' });
    const eager = setUp({ probe: true, mandatory: true });
    assigned.open(eager.pattern);
    expect(eager.send('B', 'x')).toBe(false);
    eager.host.onWritable = () => eager.send('B', 'x');
    assigned.connect();
    expect(assigned.sent).toEqual([[''], ['x']]);
  });

  it('has each message go to whoever has the id, and loses none it is to read', () => {
    const step = fc.record({
      kind: fc.constantFrom('open', 'close', 'send', 'deliver', 'receive'),
      pick: fc.nat(),
      id: fc.constantFrom('A', 'B', '\0\0\0\0\0'),
    });
    fc.assert(
      fc.property(fc.boolean(), fc.array(step, { maxLength: 80 }), (handover, steps) => {
        const { pattern, open, send, receive } = setUp({ handover });
        /** The peers of each id: the one that has it, then those that wait. */
        const lines = new Map<string, FakePipe[]>();
        const alive: { pipe: FakePipe; id: string }[] = [];
        const unread = new Map<FakePipe, string[]>();
        let number = 0;
        const idOf = new Map<FakePipe, string>();
        const line = (id: string) => lines.get(id) ?? lines.set(id, []).get(id)!;
        const read = () => {
          const parts = receive();
          if (parts === undefined) return false;
          const pipe = pattern.from as FakePipe;
          expect(parts).toEqual([idOf.get(pipe), unread.get(pipe)!.shift()]);
          return true;
        };
        for (const { kind, pick, id } of steps) {
          const chosen = alive[pick % Math.max(1, alive.length)];
          if (kind === 'open') {
            const pipe = open(id);
            if (handover) line(id).unshift(pipe);
            else line(id).push(pipe);
            alive.push({ pipe, id });
            idOf.set(pipe, id);
            unread.set(pipe, []);
          } else if (kind === 'send') {
            const [holder] = line(id);
            const before = alive.map(({ pipe }) => pipe.written.length);
            send(id, `${(number += 1)}`);
            const got = alive.filter(({ pipe }, i) => pipe.written.length > before[i]!).map(({ pipe }) => pipe);
            expect(got).toEqual(holder ? [holder] : []);
          } else if (kind === 'receive') read();
          else if (chosen && kind === 'deliver') {
            chosen.pipe.deliver(`${(number += 1)}`);
            unread.get(chosen.pipe)!.push(`${number}`);
          } else if (chosen) {
            const queue = line(chosen.id);
            // One that waits is not read, so what it has goes with it, but for what it had when its id was taken over.
            if (queue[0] !== chosen.pipe) while (read());
            if (queue[0] !== chosen.pipe) unread.delete(chosen.pipe);
            queue.splice(queue.indexOf(chosen.pipe), 1);
            alive.splice(alive.indexOf(chosen), 1);
            chosen.pipe.close();
          }
        }
        while (read());
        for (const { pipe, id } of alive) if (line(id)[0] !== pipe) unread.delete(pipe);
        expect([...unread.values()].flat()).toEqual([]);
      }),
    );
  });
});
