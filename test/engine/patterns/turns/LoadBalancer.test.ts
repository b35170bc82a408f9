import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LoadBalancer } from '../../../../src/engine/patterns/turns/LoadBalancer.js';
import { PushPattern } from '../../../../src/engine/patterns/pipeline/PushPattern.js';
import { FakeHost } from '../FakeHost.js';
import { bytes, FakePipe } from '../FakePipe.js';

const connecting = (count: number, room = Infinity) =>
  Array.from({ length: count }, () => new FakePipe({ connects: true, room }));

describe('LoadBalancer', () => {
  it('takes turns', () => {
    const balancer = new LoadBalancer();
    const [a, b, c] = connecting(3) as [FakePipe, FakePipe, FakePipe];
    for (const pipe of [a, b, c]) balancer.add(pipe);
    expect(Array.from({ length: 7 }, () => balancer.next())).toEqual([a, b, c, a, b, c, a]);
  });

  it('has none where none has room', () => {
    const balancer = new LoadBalancer();
    expect(balancer.next()).toBeUndefined();
    const pipe = new FakePipe({ connects: true, room: 0 });
    balancer.add(pipe);
    expect(balancer.next()).toBeUndefined();
    pipe.room = 1;
    expect(balancer.next()).toBeUndefined();
    balancer.writable(pipe);
    expect(balancer.next()).toBe(pipe);
  });

  it('passes over one that is full until it is told, and then has it come last', () => {
    const balancer = new LoadBalancer();
    const [a, b, c] = connecting(3) as [FakePipe, FakePipe, FakePipe];
    for (const pipe of [a, b, c]) balancer.add(pipe);
    a.room = 0;
    expect([balancer.next(), balancer.next(), balancer.next()]).toEqual([c, b, c]);
    a.room = 1;
    balancer.writable(a);
    balancer.writable(a);
    expect([balancer.next(), balancer.next(), balancer.next(), balancer.next()]).toEqual([b, a, c, b]);
  });

  it('keeps the place of one that has room again before its turn', () => {
    const balancer = new LoadBalancer();
    const [a, b] = connecting(2) as [FakePipe, FakePipe];
    balancer.add(a);
    balancer.add(b);
    b.room = 0;
    b.room = 1;
    balancer.writable(b);
    expect([balancer.next(), balancer.next(), balancer.next()]).toEqual([a, b, a]);
  });

  it('goes on with the others when one dies, whoever has the turn', () => {
    for (const served of [0, 1, 2, 3]) {
      for (const dead of [0, 1, 2]) {
        const balancer = new LoadBalancer();
        const pipes = connecting(3);
        for (const pipe of pipes) balancer.add(pipe);
        for (let i = 0; i < served; i += 1) balancer.next();
        balancer.remove(pipes[dead]!);
        const rest = new Set([balancer.next(), balancer.next()]);
        expect(rest).toEqual(new Set(pipes.filter((_, i) => i !== dead)));
        expect([balancer.next(), balancer.next()]).toEqual([...rest]);
      }
    }
  });

  it('ends with none when all have died', () => {
    const balancer = new LoadBalancer();
    const pipes = connecting(2);
    for (const pipe of pipes) balancer.add(pipe);
    for (const pipe of pipes) balancer.remove(pipe);
    balancer.remove(pipes[0]!);
    expect(balancer.next()).toBeUndefined();
  });

  it('takes a message back from whichever pipe has it, a full one too', () => {
    const balancer = new LoadBalancer();
    const pipes = connecting(3, 1);
    for (const pipe of pipes) balancer.add(pipe);
    const messages = ['a', 'b', 'c'].map((text) => [bytes(text)]);
    for (const message of messages) balancer.next()!.write(message, true);
    expect(balancer.next()).toBeUndefined();
    expect(balancer.withdraw(messages[1]!)).toBe(true);
    expect(balancer.withdraw(messages[1]!)).toBe(false);
    expect(pipes.map(({ sent }) => sent)).toEqual([[['a']], [], [['c']]]);
  });

  it('gives each message once, refuses only where nobody has room, and is fair, whatever comes, goes and fills', () => {
    const step = fc.oneof(
      { weight: 6, arbitrary: fc.record({ kind: fc.constant('send' as const), pick: fc.nat() }) },
      { weight: 2, arbitrary: fc.record({ kind: fc.constantFrom('fill' as const, 'empty' as const), pick: fc.nat() }) },
      { weight: 1, arbitrary: fc.record({ kind: fc.constantFrom('open' as const, 'close' as const), pick: fc.nat() }) },
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
        const host = new FakeHost();
        const pattern = new PushPattern(host, {});
        const alive: FakePipe[] = [];
        const since = new Map<FakePipe, Map<FakePipe, number>>();
        let number = 0;
        let told = 0;
        let refused = false;
        for (const { kind, pick } of steps) {
          const pipe = alive[pick % Math.max(1, alive.length)];
          if (kind === 'send') {
            const writable = alive.filter((each) => each.writable);
            const before = new Map(alive.map((each) => [each, each.written.length]));
            const taken = pattern.send([bytes(`${(number += 1)}`)], false);
            expect(taken).toBe(writable.length > 0);
            refused = !taken;
            told = host.writableCount;
            if (!taken) continue;
            const got = alive.filter((each) => each.written.length > before.get(each)!);
            expect(got).toHaveLength(1);
            const [chosen] = got as [FakePipe];
            expect(writable).toContain(chosen);
            expect(chosen.sent.at(-1)).toEqual([`${number}`]);
            for (const other of writable) {
              if (other === chosen) continue;
              const counts = since.get(other)!;
              const count = (counts.get(chosen) ?? 0) + 1;
              expect(count).toBeLessThanOrEqual(2);
              counts.set(chosen, count);
            }
            since.set(chosen, new Map());
          } else if (kind === 'open' || !pipe) {
            const fresh = new FakePipe({ room: (pick % 4) + 1 });
            fresh.open(pattern);
            alive.push(fresh);
            since.set(fresh, new Map());
            if (refused) expect(host.writableCount).toBe(told + 1);
            refused = false;
          } else if (kind === 'close') {
            alive.splice(alive.indexOf(pipe), 1);
            pipe.close();
          } else {
            const before = pipe.writable;
            pipe.room = kind === 'fill' ? 0 : (pick % 4) + 1;
            if (!before) since.set(pipe, new Map());
            if (refused && pipe.writable) {
              expect(host.writableCount).toBe(told + 1);
              refused = false;
            }
          }
        }
      }),
    );
  });
});
