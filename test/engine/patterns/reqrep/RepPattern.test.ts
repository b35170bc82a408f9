import { describe, expect, it } from 'vitest';
import { SocketError } from '../../../../src/errors.js';
import { RepPattern } from '../../../../src/engine/patterns/reqrep/RepPattern.js';
import { FakeHost } from '../FakeHost.js';
import { bytes, FakePipe, text, texts } from '../FakePipe.js';

function setUp(peerCount = 1) {
  const host = new FakeHost();
  const pattern = new RepPattern(host, {});
  const peers = Array.from({ length: peerCount }, () => new FakePipe());
  for (const peer of peers) peer.open(pattern);
  return {
    host,
    pattern,
    peers,
    send: (...parts: string[]) => pattern.send(parts.map(bytes), false),
    receive: () => texts(pattern.receive(false)),
  };
}

describe('RepPattern', () => {
  it('sends the reply to whoever asked, behind a delimiter', () => {
    const { pattern, peers, send, receive } = setUp(2);
    peers[1]!.deliver('', 'a', 'b');
    expect(receive()).toEqual(['a', 'b']);
    expect(pattern.from).toBe(peers[1]);
    expect(send('c', '', 'd')).toBe(true);
    expect(peers.map(({ sent }) => sent)).toEqual([[], [['', 'c', '', 'd']]]);
  });

  it('receives from its peers in turns', () => {
    const { peers, send, receive } = setUp(3);
    for (const [i, peer] of peers.entries()) for (const n of [0, 1]) peer.deliver('', `${i}-${n}`);
    const asked: string[] = [];
    for (let i = 0; i < 6; i += 1) {
      asked.push(...receive()!);
      send(`re ${asked.at(-1)!}`);
    }
    expect(asked).toEqual(['0-0', '1-0', '2-0', '0-1', '1-1', '2-1']);
    expect(peers.map(({ sent }) => sent.map((parts) => parts[1]))).toEqual([
      ['re 0-0', 're 0-1'],
      ['re 1-0', 're 1-1'],
      ['re 2-0', 're 2-1'],
    ]);
  });

  it('gives an envelope back as it came, however long', () => {
    const { peers, send, receive } = setUp();
    const [peer] = peers as [FakePipe];
    peer.deliver('hop 2', 'hop 1', '', 'body', '', 'more');
    expect(receive()).toEqual(['body', '', 'more']);
    send('reply');
    expect(peer.sent).toEqual([['hop 2', 'hop 1', '', 'reply']]);
  });

  it('keeps an envelope whose request was only lent', () => {
    const { pattern, peers } = setUp();
    const [peer] = peers as [FakePipe];
    const large = 'x'.repeat(5000);
    peer.deliver('hop', large, '', 'body');
    const request = pattern.receive(true)!;
    expect(texts(request)).toEqual(['body']);
    new FakePipe().read(true); // what was lent is gone
    expect(text(request[0]!)).not.toBe('body');
    pattern.send([bytes('reply')], false);
    expect(peer.sent).toEqual([['hop', large, '', 'reply']]);
  });

  it('receives no request before the last one has its reply, and says then that there is one', () => {
    const { host, peers, send, receive } = setUp(2);
    peers[0]!.deliver('', 'a');
    expect(host.readableCount).toBe(1);
    expect(receive()).toEqual(['a']);
    expect(receive()).toBeUndefined();
    peers[1]!.deliver('', 'b');
    expect(host.readableCount).toBe(1);
    expect(receive()).toBeUndefined();
    send('re a');
    expect(host.readableCount).toBe(2);
    expect(receive()).toEqual(['b']);
    send('re b');
    expect(host.readableCount).toBe(2);
  });

  it('sends no reply without a request', () => {
    const { peers, send, receive } = setUp();
    const [peer] = peers as [FakePipe];
    expect(() => send('a')).toThrow(SocketError);
    peer.deliver('', 'q');
    expect(() => send('a')).toThrow('there is no request to reply to; receive one first');
    receive();
    send('a');
    expect(() => send('a')).toThrow(SocketError);
    expect(peer.sent).toEqual([['', 'a']]);
  });

  it('can serve from within being told', () => {
    const { host, peers, send, receive } = setUp(2);
    host.onReadable = () => {
      for (let request = receive(); request; request = receive()) send(...request);
    };
    receive();
    for (const peer of peers) for (const n of [0, 1, 2]) peer.deliver('', `${n}`);
    expect(peers.map(({ sent }) => sent.map(([, number]) => number))).toEqual([
      ['0', '1', '2'],
      ['0', '1', '2'],
    ]);
  });

  it('drops requests without a delimiter or anything behind it, and keeps their connection', () => {
    const { host, peers, receive } = setUp();
    const [peer] = peers as [FakePipe];
    peer.deliver('no delimiter');
    peer.deliver('no', 'delimiter');
    peer.deliver('');
    peer.deliver('id', '');
    peer.deliver('', '');
    expect(receive()).toEqual(['']);
    expect(host.dropCount).toBe(4);
    expect(peer.refusals).toEqual([]);
  });

  it('drops a reply whose peer has gone or has no room, says so, and goes on', () => {
    const { host, peers, send, receive } = setUp(3);
    const [gone, full, good] = peers as [FakePipe, FakePipe, FakePipe];
    full.room = 0;
    for (const peer of [gone, full, good]) peer.deliver('', 'q');
    receive();
    gone.close();
    expect(send('a')).toBe(true);
    receive();
    expect(send('b')).toBe(true);
    receive();
    expect(send('c')).toBe(true);
    expect(peers.map(({ sent }) => sent)).toEqual([[], [], [['', 'c']]]);
    expect(host.drops).toEqual([
      { count: 1, reason: 'the peer that asked has disconnected' },
      { count: 1, reason: 'the queue of the peer that asked is full' },
    ]);
  });

  it('receives the requests of peers that have gone', () => {
    const { host, peers, send, receive } = setUp();
    const [peer] = peers as [FakePipe];
    peer.deliver('', 'a');
    peer.deliver('', 'b');
    peer.close();
    expect(receive()).toEqual(['a']);
    send('re a');
    expect(receive()).toEqual(['b']);
    send('re b');
    expect(receive()).toBeUndefined();
    expect(host.dropCount).toBe(2);
  });

  it('replies over the next connection of a pipe that had to connect again', () => {
    const { pattern, send, receive } = setUp(0);
    const peer = new FakePipe({ connects: true });
    peer.open(pattern);
    peer.connect();
    peer.deliver('hop', '', 'q');
    receive();
    peer.disconnect();
    peer.connect();
    send('a');
    expect(peer.sent).toEqual([['hop', '', 'a']]);
  });
});
