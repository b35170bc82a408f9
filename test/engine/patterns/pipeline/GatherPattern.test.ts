import { describe, expect, it } from 'vitest';
import { GatherPattern } from '../../../../src/engine/patterns/pipeline/GatherPattern.js';
import { FakeHost } from '../FakeHost.js';
import { FakePipe, texts } from '../FakePipe.js';

describe('GatherPattern', () => {
  it('receives messages of one part in turns, and drops others without a word to their peer', () => {
    const host = new FakeHost();
    const pattern = new GatherPattern(host, {});
    const [a, b] = [new FakePipe(), new FakePipe()];
    a.open(pattern);
    b.open(pattern);
    a.deliver('a0');
    a.deliver('a1', 'more');
    a.deliver('a2');
    b.deliver('b0', '');
    b.deliver('b1');
    const read = Array.from({ length: 4 }, () => texts(pattern.receive(false)));
    expect(read).toEqual([['a0'], ['b1'], ['a2'], undefined]);
    expect(host.dropCount).toBe(2);
    expect([...a.refusals, ...b.refusals]).toEqual([]);
    b.deliver('b2');
    expect(host.readableCount).toBe(2);
  });
});
