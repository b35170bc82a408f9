import { describe, expect, it } from 'vitest';
import { UnsupportedError } from '../../../../src/errors.js';
import { PushPattern } from '../../../../src/engine/patterns/pipeline/PushPattern.js';
import { FakeHost } from '../FakeHost.js';
import { bytes, FakePipe } from '../FakePipe.js';

function setUp() {
  const host = new FakeHost();
  const pattern = new PushPattern(host, {});
  return { host, pattern, send: (...parts: string[]) => pattern.send(parts.map(bytes), false) };
}

describe('PushPattern', () => {
  it('sends to its peers in turns', () => {
    const { pattern, send } = setUp();
    const peers = [new FakePipe(), new FakePipe(), new FakePipe()];
    for (const peer of peers) peer.open(pattern);
    for (let i = 0; i < 6; i += 1) send(`${i}`, 'body');
    expect(peers.map(({ sent }) => sent.map(([number]) => number))).toEqual([
      ['0', '3'],
      ['1', '4'],
      ['2', '5'],
    ]);
  });

  it('takes nothing without peers, and says when one is there', () => {
    const { host, pattern, send } = setUp();
    expect(send('a')).toBe(false);
    expect(host.writableCount).toBe(0);
    new FakePipe().open(pattern);
    expect(host.writableCount).toBe(1);
    new FakePipe().open(pattern); // it has been said
    expect(host.writableCount).toBe(1);
    expect(send('a')).toBe(true);
  });

  it('may send from within being told that it can', () => {
    const { host, pattern, send } = setUp();
    const results: boolean[] = [];
    host.onWritable = () => {
      while (send('a')) results.push(true);
    };
    const peer = new FakePipe({ room: 2 });
    peer.open(pattern);
    expect(results).toHaveLength(2);
    peer.room = 3;
    expect(results).toHaveLength(5);
  });

  it('takes as much as there is room for, whoever has it', () => {
    const { host, pattern, send } = setUp();
    const [a, b] = [new FakePipe({ room: 1 }), new FakePipe({ room: 3 })];
    a.open(pattern);
    b.open(pattern);
    expect(['0', '1', '2', '3', '4'].map((text) => send(text))).toEqual([true, true, true, true, false]);
    expect([a.sent.flat(), b.sent.flat()]).toEqual([['0'], ['1', '2', '3']]);
    a.room = 1;
    expect(host.writableCount).toBe(2);
    expect([send('4'), send('5')]).toEqual([true, false]);
    expect(host.drops).toEqual([]);
  });

  it('gives a connection that is not there its share, where the socket does not wait for peers', () => {
    const { pattern, send } = setUp();
    const away = new FakePipe({ connects: true });
    away.open(pattern);
    new FakePipe().open(pattern);
    for (let i = 0; i < 4; i += 1) send(`${i}`);
    expect(away.sent).toEqual([['0'], ['2']]);
  });

  it('waits for peers where the socket does', () => {
    const { host, pattern, send } = setUp();
    const peer = new FakePipe({ connects: true, waits: true });
    peer.open(pattern);
    expect(send('a')).toBe(false);
    peer.connect();
    expect(host.writableCount).toBe(1);
    expect(send('a')).toBe(true);
    peer.disconnect();
    expect(send('b')).toBe(false);
    peer.connect();
    expect(host.writableCount).toBe(2);
    expect(send('b')).toBe(true);
    expect(peer.sent).toEqual([['a'], ['b']]);
  });

  it('goes on with the others when a peer goes', () => {
    const { pattern, send } = setUp();
    const [a, b] = [new FakePipe(), new FakePipe()];
    a.open(pattern);
    b.open(pattern);
    send('0');
    b.close();
    expect([send('1'), send('2')]).toEqual([true, true]);
    expect(a.sent.flat()).toEqual(['0', '1', '2']);
    a.close();
    expect(send('3')).toBe(false);
  });

  it('drops what a peer sends at once, so that its connection is still read', () => {
    const { pattern } = setUp();
    const peer = new FakePipe();
    peer.open(pattern);
    peer.deliver('what');
    peer.deliver('ever');
    expect(peer.readable).toBe(false);
    expect(() => pattern.receive(false)).toThrow(UnsupportedError);
  });

  it('takes a message back that no peer has got', () => {
    const { pattern } = setUp();
    const peers = [new FakePipe({ connects: true }), new FakePipe({ connects: true })];
    for (const peer of peers) peer.open(pattern);
    const messages = [[bytes('a')], [bytes('b')]];
    for (const message of messages) pattern.send(message, true);
    expect(pattern.withdraw(messages[1]!)).toBe(true);
    expect(peers.map(({ sent }) => sent)).toEqual([[['a']], []]);
    expect(pattern.withdraw([bytes('c')])).toBe(false);
  });
});
