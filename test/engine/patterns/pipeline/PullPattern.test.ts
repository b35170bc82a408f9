import { describe, expect, it } from 'vitest';
import { UnsupportedError } from '../../../../src/errors.js';
import { PullPattern } from '../../../../src/engine/patterns/pipeline/PullPattern.js';
import { FakeHost } from '../FakeHost.js';
import { bytes, FakePipe, texts } from '../FakePipe.js';

function setUp(peerCount: number) {
  const host = new FakeHost();
  const pattern = new PullPattern(host, {});
  const peers = Array.from({ length: peerCount }, () => new FakePipe());
  for (const peer of peers) peer.open(pattern);
  return { host, pattern, peers, receive: () => texts(pattern.receive(false)) };
}

describe('PullPattern', () => {
  it('receives from its peers in turns, message by message', () => {
    const { pattern, peers, receive } = setUp(3);
    for (const [i, peer] of peers.entries()) for (const n of [0, 1]) peer.deliver(`${i}`, `${n}`);
    const read = Array.from({ length: 6 }, () => receive()!.join('-'));
    expect(read).toEqual(['0-0', '1-0', '2-0', '0-1', '1-1', '2-1']);
    expect(pattern.from).toBe(peers[2]);
    expect(receive()).toBeUndefined();
  });

  it('says that there is something once, until it is found empty', () => {
    const { host, peers, receive } = setUp(2);
    expect(host.readableCount).toBe(0);
    peers[0]!.deliver('a');
    peers[1]!.deliver('b');
    expect(host.readableCount).toBe(1);
    receive();
    receive();
    expect(receive()).toBeUndefined();
    peers[1]!.deliver('c');
    expect(host.readableCount).toBe(2);
  });

  it('may be read from within being told', () => {
    const { host, peers, receive } = setUp(1);
    const read: unknown[] = [];
    host.onReadable = () => {
      for (let parts = receive(); parts; parts = receive()) read.push(...parts);
    };
    peers[0]!.deliver('a');
    peers[0]!.deliver('b');
    expect(read).toEqual(['a', 'b']);
    expect(host.readableCount).toBe(2);
  });

  it('reads what came before a connection was lost, and what comes after', () => {
    const { host, pattern, receive } = setUp(0);
    const peer = new FakePipe({ connects: true });
    peer.open(pattern);
    peer.connect();
    peer.deliver('a');
    peer.disconnect();
    peer.connect();
    peer.deliver('b');
    expect([receive(), receive(), receive()]).toEqual([['a'], ['b'], undefined]);
    expect(host.readableCount).toBe(1);
  });

  it('reads what peers left that have gone', () => {
    const { peers, receive } = setUp(2);
    peers[0]!.deliver('a');
    peers[0]!.deliver('b');
    peers[1]!.deliver('c');
    peers[0]!.close();
    expect([receive(), receive(), receive(), receive()]).toEqual([['a'], ['c'], ['b'], undefined]);
  });

  it('reads what a pipe brings along', () => {
    const { host, pattern, receive } = setUp(0);
    const other = new PullPattern(new FakeHost(), {});
    const peer = new FakePipe();
    peer.open(other);
    peer.deliver('early');
    peer.open(pattern);
    expect(host.readableCount).toBe(1);
    expect(receive()).toEqual(['early']);
  });

  it('lends parts only where it is asked to', () => {
    const { pattern, peers } = setUp(1);
    for (const text of ['a', 'b', 'c']) peers[0]!.deliver(text);
    const kept = pattern.receive(false);
    const lent = pattern.receive(true);
    expect(texts(lent)).toEqual(['b']);
    pattern.receive(false);
    expect(texts(kept)).toEqual(['a']);
    expect(texts(lent)).not.toEqual(['b']);
  });

  it('does not send', () => {
    const { pattern } = setUp(1);
    expect(() => pattern.send([bytes('a')], false)).toThrow(UnsupportedError);
    expect(pattern.withdraw([bytes('a')])).toBe(false);
  });
});
