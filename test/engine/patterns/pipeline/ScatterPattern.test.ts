import { describe, expect, it } from 'vitest';
import { SocketError } from '../../../../src/errors.js';
import { ScatterPattern } from '../../../../src/engine/patterns/pipeline/ScatterPattern.js';
import { FakeHost } from '../FakeHost.js';
import { bytes, FakePipe } from '../FakePipe.js';

describe('ScatterPattern', () => {
  it('sends messages of one part to its peers in turns', () => {
    const pattern = new ScatterPattern(new FakeHost(), {});
    expect(pattern.send([bytes('x')], false)).toBe(false);
    const [a, b] = [new FakePipe(), new FakePipe()];
    a.open(pattern);
    b.open(pattern);
    for (const text of ['0', '1', '2']) expect(pattern.send([bytes(text)], false)).toBe(true);
    expect([a.sent, b.sent]).toEqual([[['0'], ['2']], [['1']]]);
  });

  it('sends no message of several parts, with or without peers', () => {
    const pattern = new ScatterPattern(new FakeHost(), {});
    const message = [bytes('a'), bytes('b')];
    expect(() => pattern.send(message, false)).toThrow(SocketError);
    const peer = new FakePipe();
    peer.open(pattern);
    expect(() => pattern.send(message, false)).toThrow('a message is one part here, not 2 parts');
    expect(peer.sent).toEqual([]);
  });
});
