import { describe, expect, it } from 'vitest';
import { DealerPattern } from '../../../../src/engine/patterns/reqrep/DealerPattern.js';
import type { TypeOptions } from '../../../../src/driver/TypeOptions.js';
import { FakeHost } from '../FakeHost.js';
import { bytes, FakePipe, texts } from '../FakePipe.js';

function setUp(options: TypeOptions = {}) {
  const host = new FakeHost();
  const pattern = new DealerPattern(host, options);
  return {
    host,
    pattern,
    send: (...parts: string[]) => pattern.send(parts.map(bytes), false),
    receive: () => texts(pattern.receive(false)),
  };
}

describe('DealerPattern', () => {
  it('sends to its peers in turns, and adds nothing', () => {
    const { pattern, send } = setUp();
    const peers = [new FakePipe(), new FakePipe()];
    for (const peer of peers) peer.open(pattern);
    send('', '0');
    send('', '1');
    send('2');
    expect(peers.map(({ sent }) => sent)).toEqual([[['', '0'], ['2']], [['', '1']]]);
  });

  it('receives from its peers in turns, and takes nothing away', () => {
    const { host, pattern, receive } = setUp();
    const [a, b] = [new FakePipe(), new FakePipe()];
    a.open(pattern);
    b.open(pattern);
    a.deliver('', 'a0');
    a.deliver('', 'a1');
    b.deliver('');
    expect(host.readableCount).toBe(1);
    expect([receive(), receive()]).toEqual([['', 'a0'], ['']]);
    expect(pattern.from).toBe(b);
    expect([receive(), receive()]).toEqual([['', 'a1'], undefined]);
  });

  it('takes nothing without peers or room, and says when there is', () => {
    const { host, pattern, send } = setUp();
    expect(send('a')).toBe(false);
    const peer = new FakePipe({ room: 1 });
    peer.open(pattern);
    expect([send('a'), send('b')]).toEqual([true, false]);
    peer.room = 1;
    expect(host.writableCount).toBe(2);
    expect(send('b')).toBe(true);
    peer.close();
    expect(send('c')).toBe(false);
    expect(host.drops).toEqual([]);
  });

  it('reads what peers left that have gone', () => {
    const { pattern, receive } = setUp();
    const peer = new FakePipe();
    peer.open(pattern);
    peer.deliver('a');
    peer.close();
    expect([receive(), receive()]).toEqual([['a'], undefined]);
  });

  it('takes a message back that no peer has got', () => {
    const { pattern } = setUp();
    const peer = new FakePipe({ connects: true });
    peer.open(pattern);
    const message = [bytes('a')];
    pattern.send(message, true);
    expect(pattern.withdraw(message)).toBe(true);
    expect(peer.sent).toEqual([]);
    pattern.send(message, true);
    peer.close(); // what it had is lost, and counted as such
    expect(pattern.withdraw(message)).toBe(false);
  });

  describe('with probe', () => {
    it('sends each new peer an empty message before all others', () => {
      const { host, pattern, send } = setUp({ probe: true });
      host.onWritable = () => send('a');
      const accepted = new FakePipe();
      accepted.open(pattern);
      const connecting = new FakePipe({ connects: true });
      connecting.open(pattern);
      expect(accepted.sent).toEqual([[''], ['a']]);
      expect(connecting.sent).toEqual([['']]);
    });

    it('does not send it again when a connection comes back', () => {
      const { pattern } = setUp({ probe: true });
      const peer = new FakePipe({ connects: true });
      peer.open(pattern);
      peer.connect();
      peer.disconnect();
      peer.connect();
      expect(peer.sent).toEqual([['']]);
    });

    it('waits until there is room for it', () => {
      const { host, pattern, send } = setUp({ probe: true });
      host.onWritable = () => send('a');
      const peer = new FakePipe({ connects: true, waits: true });
      peer.open(pattern);
      expect(send('a')).toBe(false);
      peer.connect();
      expect(peer.sent).toEqual([[''], ['a']]);
    });

    it('sends it when a peer that was full has room', () => {
      const { pattern } = setUp({ probe: true });
      const peer = new FakePipe({ room: 0 });
      peer.open(pattern);
      peer.room = 2;
      peer.room = 0;
      peer.room = 2;
      expect(peer.sent).toEqual([['']]);
    });

    it('sends none to a peer that went before there was room', () => {
      const { pattern } = setUp({ probe: true });
      const peer = new FakePipe({ connects: true, waits: true });
      peer.open(pattern);
      peer.close();
      expect(peer.sent).toEqual([]);
    });
  });
});
