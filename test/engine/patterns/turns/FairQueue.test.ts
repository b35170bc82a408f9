import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FairQueue } from '../../../../src/engine/patterns/turns/FairQueue.js';
import { PullPattern } from '../../../../src/engine/patterns/pipeline/PullPattern.js';
import { FakeHost } from '../FakeHost.js';
import { FakePipe, texts } from '../FakePipe.js';

/** Pipes with something in them each, without a pattern that would hear of it. */
function filled(...counts: number[]): FakePipe[] {
  return counts.map((count, i) => {
    const pipe = new FakePipe();
    pipe.open(new PullPattern(new FakeHost(), {}));
    for (let n = 0; n < count; n += 1) pipe.deliver(`${i}-${n}`);
    return pipe;
  });
}

const readAll = (queue: FairQueue): string[] => {
  const read: string[] = [];
  for (let parts = queue.read(false); parts; parts = queue.read(false)) read.push(texts(parts)!.join());
  return read;
};

describe('FairQueue', () => {
  it('reads one message of each in turn', () => {
    const queue = new FairQueue();
    for (const pipe of filled(3, 3, 3)) queue.add(pipe);
    expect(readAll(queue)).toEqual(['0-0', '1-0', '2-0', '0-1', '1-1', '2-1', '0-2', '1-2', '2-2']);
  });

  it('passes over those that have nothing until they are added again', () => {
    const queue = new FairQueue();
    const [a, b] = filled(1, 3) as [FakePipe, FakePipe];
    queue.add(a);
    queue.add(b);
    expect(readAll(queue)).toEqual(['0-0', '1-0', '1-1', '1-2']);
    a.deliver('again');
    expect(queue.read(false)).toBeUndefined();
    queue.add(a);
    expect(readAll(queue)).toEqual(['again']);
  });

  it('takes a pipe once, however often it is added', () => {
    const queue = new FairQueue();
    const [a, b] = filled(2, 2) as [FakePipe, FakePipe];
    for (const pipe of [a, a, b, a, b]) queue.add(pipe);
    expect(readAll(queue)).toEqual(['0-0', '1-0', '0-1', '1-1']);
  });

  it('says where the last message came from, also after it found none', () => {
    const queue = new FairQueue();
    const [a, b] = filled(1, 1) as [FakePipe, FakePipe];
    expect(queue.last).toBeUndefined();
    queue.add(a);
    queue.add(b);
    queue.read(false);
    expect(queue.last).toBe(a);
    queue.read(false);
    expect(queue.last).toBe(b);
    queue.read(false);
    expect(queue.last).toBe(b);
  });

  it('knows whether there is anything to read', () => {
    const queue = new FairQueue();
    const [a, b] = filled(1, 1) as [FakePipe, FakePipe];
    expect(queue.readable).toBe(false);
    queue.add(a);
    queue.add(b);
    expect(queue.readable).toBe(true);
    a.discard();
    expect(queue.readable).toBe(true);
    expect(readAll(queue)).toEqual(['1-0']);
    expect(queue.readable).toBe(false);
  });

  it('leaves out one that is removed, wherever it stands, and nobody loses a turn by that', () => {
    for (const served of [0, 1, 2, 3]) {
      for (const removed of [0, 1, 2, 3]) {
        const queue = new FairQueue();
        const pipes = filled(2, 2, 2, 2);
        for (const pipe of pipes) queue.add(pipe);
        const first = Array.from({ length: served }, () => texts(queue.read(false))!.join());
        queue.remove(pipes[removed]!);
        const rest = readAll(queue);
        const round = [0, 1, 2, 3].filter((i) => i !== removed || i < served).map((i) => `${i}-0`);
        expect([...first, ...rest].slice(0, round.length).sort()).toEqual(round);
        expect(rest).toHaveLength(8 - served - (removed < served ? 1 : 2));
      }
    }
  });

  it('reads what one that has ended still has, and then forgets it', () => {
    const queue = new FairQueue();
    const [a, b] = filled(2, 1) as [FakePipe, FakePipe];
    queue.add(a);
    queue.end(a);
    queue.end(b); // of this one nobody had said yet that it has something
    expect(readAll(queue)).toEqual(['0-0', '1-0', '0-1']);
    a.deliver('late');
    expect(queue.read(false)).toBeUndefined();
  });

  it('does not begin anew with one that has ended when it is added once more', () => {
    const queue = new FairQueue();
    const [a] = filled(1) as [FakePipe];
    queue.end(a);
    queue.add(a);
    expect(readAll(queue)).toEqual(['0-0']);
    a.deliver('late');
    expect(queue.read(false)).toBeUndefined();
  });

  it('keeps its place when a pipe is removed while it is read', () => {
    const queue = new FairQueue();
    const pipes = filled(2, 2, 2);
    const [a] = pipes as [FakePipe];
    const leaving = {
      readable: true,
      read: (borrow: boolean) => {
        queue.remove(leaving as unknown as FakePipe);
        return a.read(borrow);
      },
    };
    queue.add(leaving as unknown as FakePipe);
    queue.add(pipes[1]!);
    queue.add(pipes[2]!);
    expect(readAll(queue)).toEqual(['0-0', '2-0', '1-0', '2-1', '1-1']);
  });

  it('loses, doubles and reorders nothing, and is fair, whatever comes and goes', () => {
    const step = fc.oneof(
      { weight: 4, arbitrary: fc.record({ kind: fc.constant('deliver' as const), pick: fc.nat() }) },
      { weight: 5, arbitrary: fc.record({ kind: fc.constant('read' as const), pick: fc.nat() }) },
      { weight: 1, arbitrary: fc.record({ kind: fc.constantFrom('open' as const, 'close' as const), pick: fc.nat() }) },
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
        const pattern = new PullPattern(new FakeHost(), {});
        const pipes: FakePipe[] = [];
        const alive: FakePipe[] = [];
        const expected = new Map<FakePipe, string[]>();
        /** For each pipe that has something, how often each other was read since it was its turn. */
        const since = new Map<FakePipe, Map<FakePipe, number>>();
        const read = () => {
          const parts = pattern.receive(false);
          const left = pipes.filter((pipe) => expected.get(pipe)!.length > 0);
          if (parts === undefined) {
            expect(left).toEqual([]);
            return false;
          }
          const pipe = pattern.from as FakePipe;
          expect(texts(parts)).toEqual([expected.get(pipe)!.shift()]);
          since.delete(pipe);
          if (expected.get(pipe)!.length > 0) since.set(pipe, new Map());
          for (const [other, counts] of since) {
            if (other === pipe) continue;
            const count = (counts.get(pipe) ?? 0) + 1;
            expect(count).toBeLessThanOrEqual(2);
            counts.set(pipe, count);
          }
          return true;
        };
        let number = 0;
        for (const { kind, pick } of steps) {
          const pipe = alive[pick % Math.max(1, alive.length)];
          if (kind === 'read') read();
          else if (kind === 'open' || !pipe) {
            const fresh = new FakePipe();
            fresh.open(pattern);
            pipes.push(fresh);
            alive.push(fresh);
            expected.set(fresh, []);
          } else if (kind === 'close') {
            alive.splice(alive.indexOf(pipe), 1);
            pipe.close();
          } else {
            pipe.deliver(`${(number += 1)}`);
            expected.get(pipe)!.push(`${number}`);
            if (!since.has(pipe)) since.set(pipe, new Map());
          }
        }
        while (read());
      }),
    );
  });
});
