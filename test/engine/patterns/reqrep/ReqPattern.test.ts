import { describe, expect, it } from 'vitest';
import { SocketError } from '../../../../src/errors.js';
import type { TypeOptions } from '../../../../src/driver/TypeOptions.js';
import { ReqPattern } from '../../../../src/engine/patterns/reqrep/ReqPattern.js';
import { FakeHost } from '../FakeHost.js';
import { bytes, FakePipe, type PartLike, texts } from '../FakePipe.js';

function setUp(options: TypeOptions = {}, peerCount = 0) {
  const host = new FakeHost();
  const pattern = new ReqPattern(host, options);
  const peers = Array.from({ length: peerCount }, () => new FakePipe());
  for (const peer of peers) peer.open(pattern);
  return {
    host,
    pattern,
    peers,
    send: (...parts: PartLike[]) => pattern.send(parts.map(bytes), false),
    receive: () => texts(pattern.receive(false)),
  };
}

const numberOf = (peer: FakePipe): Uint8Array => peer.written.at(-1)![0]!;
const valueOf = (number: Uint8Array): number => Buffer.from(number).readUInt32LE();

describe('ReqPattern', () => {
  it('puts a delimiter before requests and takes it from replies', () => {
    const { pattern, peers, send, receive } = setUp({}, 1);
    const [peer] = peers as [FakePipe];
    expect(send('a', 'b')).toBe(true);
    expect(peer.takeSent()).toEqual([['', 'a', 'b']]);
    peer.deliver('', 'c', 'd');
    expect(receive()).toEqual(['c', 'd']);
    expect(pattern.from).toBe(peer);
    send('');
    expect(peer.sent).toEqual([['', '']]);
    peer.deliver('', '');
    expect(receive()).toEqual(['']);
  });

  it('asks its peers in turns', () => {
    const { peers, send, receive } = setUp({}, 3);
    for (let i = 0; i < 6; i += 1) {
      send(`${i}`);
      peers[i % 3]!.deliver('', `re ${i}`);
      expect(receive()).toEqual([`re ${i}`]);
    }
    expect(peers.map(({ sent }) => sent)).toEqual([
      [
        ['', '0'],
        ['', '3'],
      ],
      [
        ['', '1'],
        ['', '4'],
      ],
      [
        ['', '2'],
        ['', '5'],
      ],
    ]);
  });

  it('sends no request before the last one has its reply', () => {
    const { pattern, peers, send, receive } = setUp({}, 2);
    send('a');
    expect(() => send('b')).toThrow(SocketError);
    expect(() => send('b')).toThrow('the last request has no reply yet; receive it first');
    expect(peers[1]!.sent).toEqual([]);
    peers[0]!.deliver('', 'reply');
    expect(() => send('b')).toThrow(SocketError); // it must have been received
    expect(receive()).toEqual(['reply']);
    expect(send('b')).toBe(true);
    expect(pattern.receive(false)).toBeUndefined();
  });

  it('has nothing to receive before it has asked', () => {
    const { host, peers, send, receive } = setUp({}, 1);
    const [peer] = peers as [FakePipe];
    peer.deliver('', 'early');
    expect(host.readableCount).toBe(0);
    expect(receive()).toBeUndefined();
    send('a');
    expect(receive()).toBeUndefined();
    peer.deliver('', 'in time');
    expect(host.readableCount).toBe(1);
    expect(receive()).toEqual(['in time']);
    peer.deliver('', 'twice');
    expect(receive()).toBeUndefined();
  });

  it('drops what the peer it asks has said before', () => {
    const { peers, send, receive } = setUp({}, 1);
    const [peer] = peers as [FakePipe];
    send('a');
    peer.deliver('', 'reply to a');
    peer.deliver('', 'another');
    expect(receive()).toEqual(['reply to a']);
    send('b');
    expect(receive()).toBeUndefined();
    peer.deliver('', 'reply to b');
    expect(receive()).toEqual(['reply to b']);
  });

  it('listens only to the peer it has asked', () => {
    const { host, peers, send, receive } = setUp({}, 3);
    send('a');
    peers[1]!.deliver('', 'wrong');
    peers[2]!.deliver('', 'wrong');
    expect(host.readableCount).toBe(0);
    expect(receive()).toBeUndefined();
    peers[0]!.deliver('', 'right');
    expect(receive()).toEqual(['right']);
    expect(peers.map(({ readable }) => readable)).toEqual([false, false, false]);
  });

  it('takes no request without peers, and can send it when one is there', () => {
    const { host, pattern, send } = setUp();
    expect(send('a')).toBe(false);
    new FakePipe().open(pattern);
    expect(host.writableCount).toBe(1);
    expect(send('a')).toBe(true);
  });

  it('can reply from within being told', () => {
    const { host, peers, send, receive } = setUp({}, 1);
    const [peer] = peers as [FakePipe];
    const replies: unknown[] = [];
    host.onReadable = () => {
      for (let reply = receive(); reply; reply = receive()) {
        replies.push(reply);
        send('next');
      }
    };
    receive();
    send('first');
    for (let i = 0; i < 3; i += 1) peer.deliver('', `${i}`);
    expect(replies).toEqual([['0'], ['1'], ['2']]);
    expect(peer.sent).toHaveLength(4);
  });

  describe('a malformed reply', () => {
    const malformed: PartLike[][] = [
      ['no delimiter'],
      ['no delimiter', 'body'],
      [''],
      ['4444', ''],
      ['4444', 'body'],
      ['55555', '', 'body'],
    ];

    it('has its peer refused, and is no reply', () => {
      for (const parts of malformed) {
        const { peers, send, receive } = setUp({}, 1);
        const [peer] = peers as [FakePipe];
        send('a');
        peer.deliver(...parts);
        expect(receive()).toBeUndefined();
        expect(peer.refusals).toHaveLength(1);
        expect(() => send('b')).toThrow(SocketError);
      }
    });

    it('is passed over where the connection goes on, as on inproc', () => {
      const { peers, send, receive } = setUp({}, 1);
      const [peer] = peers as [FakePipe];
      send('a');
      for (const parts of malformed) peer.deliver(...parts);
      peer.deliver('', 'good');
      expect(receive()).toEqual(['good']);
      expect(peer.refusals).toHaveLength(malformed.length);
    });

    it('may end the connection at once', () => {
      for (const connects of [false, true]) {
        const { pattern, send, receive } = setUp();
        const peer = new FakePipe({ connects });
        peer.refusesAtOnce = true;
        peer.open(pattern);
        if (connects) peer.connect();
        send('a');
        peer.deliver('bad');
        peer.deliver('bad');
        expect(receive()).toBeUndefined();
        expect(peer.connected).toBe(false);
      }
    });
  });

  it('passes over a reply with a number where it asked for none, as libzmq', () => {
    const { peers, send, receive } = setUp({}, 1);
    const [peer] = peers as [FakePipe];
    send('a');
    peer.deliver('4444', '', 'numbered');
    expect(receive()).toBeUndefined();
    expect(peer.refusals).toEqual([]);
    peer.deliver('', 'plain');
    expect(receive()).toEqual(['plain']);
  });

  describe('when the peer it has asked goes', () => {
    it('reads the reply that is there', () => {
      const { peers, send, receive } = setUp({}, 1);
      const [peer] = peers as [FakePipe];
      send('a');
      peer.deliver('', 'last words');
      peer.close();
      expect(receive()).toEqual(['last words']);
    });

    it('sends no other request, and takes a reply from anybody', () => {
      const { host, peers, send, receive } = setUp({}, 3);
      send('a');
      expect(receive()).toBeUndefined();
      peers[0]!.close();
      expect(() => send('b')).toThrow(SocketError);
      peers[2]!.deliver('', 'from another');
      peers[1]!.deliver('', 'from one more');
      peers[2]!.deliver('', 'and again');
      expect(host.readableCount).toBe(1);
      const reply = receive();
      expect(['from another', 'from one more']).toContain(reply![0]);
      expect(receive()).toBeUndefined();
      send('c');
      expect(peers.slice(1).map(({ readable }) => readable)).toEqual([false, false]);
      expect(receive()).toBeUndefined();
    });

    it('takes none that was there before the request', () => {
      const { pattern, peers, send, receive } = setUp({}, 2);
      const [a, b] = peers as [FakePipe, FakePipe];
      send('to a');
      a.deliver('', 'reply');
      a.deliver('', 'twice');
      expect(receive()).toEqual(['reply']);
      send('to b');
      expect(b.sent).toHaveLength(1);
      b.close();
      expect(receive()).toBeUndefined();
      a.deliver('', 'from anybody');
      expect(receive()).toEqual(['from anybody']);
      const others = [new FakePipe(), new FakePipe(), new FakePipe()];
      for (const peer of others) peer.open(pattern);
      send('to the dying');
      const [dying] = [a, ...others].filter(({ sent }) => sent.at(-1)?.[1] === 'to the dying') as [FakePipe];
      dying.close();
      const rest = [a, ...others].filter((peer) => peer !== dying);
      for (const peer of rest) for (const n of [1, 2]) peer.deliver('', `${n}`);
      expect(receive()).toEqual(['1']);
      send('next');
      expect(rest.map(({ readable }) => readable)).toEqual([false, false, false]);
    });

    it('goes on to anybody after what it left was no reply', () => {
      const { peers, send, receive } = setUp({}, 2);
      send('a');
      peers[0]!.deliver('bad');
      peers[0]!.close();
      expect(receive()).toBeUndefined();
      peers[1]!.deliver('', 'good');
      expect(receive()).toEqual(['good']);
    });
  });

  it('waits on for the reply when the connection to a peer is lost', () => {
    const { pattern, send, receive } = setUp();
    const peer = new FakePipe({ connects: true });
    peer.open(pattern);
    peer.connect();
    send('a');
    peer.disconnect();
    expect(() => send('b')).toThrow(SocketError);
    peer.connect();
    peer.deliver('', 'after all');
    expect(receive()).toEqual(['after all']);
  });

  describe('with relaxed', () => {
    it('gives the last request up for a new one, which goes to the next peer', () => {
      const { peers, send, receive } = setUp({ relaxed: true }, 2);
      send('a');
      send('b');
      expect(peers.map(({ sent }) => sent)).toEqual([[['', 'a']], [['', 'b']]]);
      peers[0]!.deliver('', 'reply to a');
      expect(receive()).toBeUndefined();
      peers[1]!.deliver('', 'reply to b');
      expect(receive()).toEqual(['reply to b']);
    });

    it('drops a reply to the request it gave up', () => {
      const { peers, send, receive } = setUp({ relaxed: true }, 2);
      send('a');
      peers[0]!.deliver('', 'reply to a');
      send('b');
      expect(receive()).toBeUndefined();
      send('c');
      expect(receive()).toBeUndefined();
      peers[0]!.deliver('', 'reply to c');
      expect(receive()).toEqual(['reply to c']);
    });

    it('keeps waiting for the last reply when no peer has room for a new request', () => {
      const { host, peers, send, receive } = setUp({ relaxed: true }, 1);
      const [peer] = peers as [FakePipe];
      peer.room = 1;
      send('a');
      expect(send('b')).toBe(false);
      peer.deliver('', 'reply to a');
      expect(receive()).toEqual(['reply to a']);
      peer.room = 1;
      expect(host.writableCount).toBe(2);
    });

    it('can ask another peer when the first has gone', () => {
      const { peers, send, receive } = setUp({ relaxed: true }, 2);
      send('a');
      peers[0]!.close();
      peers[1]!.deliver('', 'stray');
      send('b');
      expect(receive()).toBeUndefined();
      peers[1]!.deliver('', 'reply to b');
      expect(receive()).toEqual(['reply to b']);
    });
  });

  describe('with correlate', () => {
    it('gives each request the next number, little-endian', () => {
      const { peers, send, receive } = setUp({ correlate: true }, 1);
      const [peer] = peers as [FakePipe];
      send('a');
      const first = numberOf(peer);
      expect(peer.sent[0]!.slice(1)).toEqual(['', 'a']);
      peer.deliver(first, '', 'reply to a');
      expect(receive()).toEqual(['reply to a']);
      send('b');
      expect(valueOf(numberOf(peer))).toBe((valueOf(first) + 1) % 2 ** 32);
    });

    it('ignores replies with another number, or none', () => {
      const { host, peers, send, receive } = setUp({ correlate: true }, 1);
      const [peer] = peers as [FakePipe];
      send('a');
      const wrong = numberOf(peer).slice();
      for (const i of [0, 1, 2, 3]) {
        wrong[i]! ^= 0x80;
        peer.deliver(wrong, '', 'wrong number');
        wrong[i]! ^= 0x80;
      }
      peer.deliver('', 'no number');
      expect(receive()).toBeUndefined();
      expect(peer.refusals).toEqual([]);
      peer.deliver(numberOf(peer), '', 'right');
      expect(host.readableCount).toBe(2);
      expect(receive()).toEqual(['right']);
    });

    it('tells with relaxed late replies from the one that is due, from one peer', () => {
      const { peers, send, receive } = setUp({ correlate: true, relaxed: true }, 1);
      const [peer] = peers as [FakePipe];
      send('a');
      const first = numberOf(peer);
      send('b');
      peer.deliver(first, '', 'reply to a');
      peer.deliver(numberOf(peer), '', 'reply to b');
      expect(receive()).toEqual(['reply to b']);
    });
  });

  it('sends each new peer an empty message with probe', () => {
    const { pattern, send } = setUp({ probe: true });
    const peer = new FakePipe({ connects: true, waits: true });
    peer.open(pattern);
    peer.connect();
    send('a');
    peer.disconnect();
    peer.connect();
    expect(peer.sent).toEqual([[''], ['', 'a']]);
  });

  it('takes a request back that no peer has got, and can send another', () => {
    const { pattern, send } = setUp({ correlate: true });
    const peer = new FakePipe({ connects: true });
    peer.open(pattern);
    const request = [bytes('a')];
    expect(pattern.withdraw(request)).toBe(false);
    pattern.send(request, true);
    expect(pattern.withdraw([bytes('a')])).toBe(false);
    expect(pattern.withdraw(request)).toBe(true);
    expect(pattern.withdraw(request)).toBe(false);
    expect(peer.sent).toEqual([]);
    expect(send('b')).toBe(true);
  });

  it('does not take back what a peer has, and then waits on', () => {
    const { pattern, peers, send } = setUp({}, 1);
    const request = [bytes('a')];
    pattern.send(request, true);
    peers[0]!.written.length = 0; // handed over
    expect(pattern.withdraw(request)).toBe(false);
    expect(() => send('b')).toThrow(SocketError);
  });
});
