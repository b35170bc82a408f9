import { describe, expect, it } from 'vitest';
import { PeerPattern } from '../../../../src/engine/patterns/clientserver/PeerPattern.js';
import { FakeHost } from '../FakeHost.js';
import { bytes, FakePipe, texts } from '../FakePipe.js';

describe('PeerPattern', () => {
  it('knows the id of a peer that it connects to at once, and keeps it', () => {
    const pattern = new PeerPattern(new FakeHost(), {});
    const peer = new FakePipe({ connects: true });
    peer.open(pattern);
    const id = pattern.idOf(peer)!;
    expect(id).toHaveLength(4);
    expect(pattern.send([id, bytes('early')], false)).toBe(true);
    peer.connect();
    peer.disconnect();
    peer.connect();
    pattern.send([id, bytes('late')], false);
    expect(peer.sent).toEqual([['early'], ['late']]);
    peer.deliver('hello');
    expect(pattern.receive(false)).toEqual([id, bytes('hello')]);
  });

  it('talks with those that connect to it as well', () => {
    const pattern = new PeerPattern(new FakeHost(), {});
    const peer = new FakePipe();
    peer.open(pattern);
    peer.deliver('hello');
    const [id, body] = pattern.receive(false)!;
    expect(texts([body!])).toEqual(['hello']);
    pattern.send([id!, bytes('back')], false);
    expect(peer.sent).toEqual([['back']]);
  });

  it('uses the id that was given for a connection, if it is one and free', () => {
    const pattern = new PeerPattern(new FakeHost(), {});
    const open = (assignedId: string) => new FakePipe({ connects: true, assignedId }).open(pattern);
    const peer = new FakePipe({ connects: true, assignedId: 'peer' });
    expect(peer.open(pattern)).toBe(true);
    expect(['peer', '', 'abc', 'abcde', '\0\0\0\0'].map(open)).toEqual([false, false, false, false, false]);
    pattern.send([bytes('peer'), bytes('x')], false);
    expect(peer.sent).toEqual([['x']]);
    peer.close();
    expect(open('peer')).toBe(true);
  });
});
