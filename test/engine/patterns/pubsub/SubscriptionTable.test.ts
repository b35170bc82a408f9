import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CLEARED_IN_A_TURN, SubscriptionTable } from '../../../../src/engine/patterns/pubsub/SubscriptionTable.js';
import { FakeHost } from '../FakeHost.js';
import { bytes, FakePipe } from '../FakePipe.js';

interface Cleared {
  readonly pipe: number;
  readonly topic: string;
  readonly last: boolean;
}

function setUp(pipeCount = 3) {
  const host = new FakeHost();
  const cleared: Cleared[] = [];
  const counts: number[] = [];
  const table = new SubscriptionTable((callback) => host.soon(callback), {
    cleared: ({ id }, topic, last) => cleared.push({ pipe: id, topic, last }),
    clearedSome: () => counts.push(cleared.length),
  });
  const pipes = Array.from({ length: pipeCount }, () => new FakePipe());
  const add = (pipe: number, topic: string) => table.add(pipes[pipe]!, bytes(topic));
  const remove = (pipe: number, topic: string) => table.remove(pipes[pipe]!, bytes(topic));
  const numbers = (found: readonly unknown[]) => found.map((pipe) => pipes.indexOf(pipe as FakePipe)).sort();
  const match = (message: string) => numbers(table.match(bytes(message)));
  const matchWhole = (topic: string) => numbers(table.matchWhole(bytes(topic)));
  return { host, table, pipes, add, remove, match, matchWhole, cleared, counts };
}

/** What libzmq's unittest_mtrie asserts of the same thing. */
describe('SubscriptionTable: one topic or a few', () => {
  it('matches nothing while it is empty', () => {
    const { match, remove, table } = setUp();
    expect([match('foo'), match('')]).toEqual([[], []]);
    expect([remove(0, ''), remove(0, 'foo'), table.topics]).toEqual(['none', 'none', 0]);
  });

  it('matches a topic itself and what starts with it', () => {
    const { add, match, matchWhole } = setUp();
    expect(add(0, 'foo')).toBe('first');
    expect([match('foo'), match('foobar'), match('fo'), match('bar')]).toEqual([[0], [0], [], []]);
    expect([matchWhole('foo'), matchWhole('foobar'), matchWhole('fo')]).toEqual([[0], [], []]);
  });

  it('has a topic of a pipe once', () => {
    const { add, match, remove, table } = setUp();
    expect([add(0, 'foo'), add(0, 'foo')]).toEqual(['first', 'had']);
    expect([match('foo'), table.topics, table.countOf(table.match(bytes('foo'))[0]!)]).toEqual([[0], 1, 1]);
    expect([remove(0, 'foo'), remove(0, 'foo')]).toEqual(['last', 'none']);
  });

  it('has a topic of several pipes', () => {
    const { add, match, remove, table } = setUp();
    expect([add(0, 'foo'), add(1, 'foo'), add(2, 'foo')]).toEqual(['first', 'joined', 'joined']);
    expect([match('foo'), table.topics, table.subscribers]).toEqual([[0, 1, 2], 1, 3]);
    expect([remove(1, 'foo'), remove(0, 'foo'), remove(2, 'foo')]).toEqual(['left', 'left', 'last']);
    expect([match('foo'), table.topics, table.subscribers]).toEqual([[], 0, 0]);
  });

  it('matches a prefix and a whole, each pipe once', () => {
    const { add, match, table } = setUp();
    add(0, 'foo');
    add(1, 'foobar');
    add(0, '');
    expect([match('foobar'), match('foo'), match('f'), table.topics]).toEqual([[0, 1], [0], [0], 3]);
  });

  it('removes nothing but what is asked for', () => {
    for (const [added, removed] of [
      ['foo', 'bar'],
      ['foobar', 'foo'],
      ['foo', 'foobar'],
      ['foo', 'foo'],
    ] as const) {
      const { add, remove, match, table } = setUp();
      add(0, added);
      expect([remove(1, removed), table.topics, match(added)]).toEqual(['none', 1, [0]]);
    }
    const { add, remove, table } = setUp();
    add(0, 'foo1');
    add(2, 'foo3');
    expect([remove(1, 'foo2'), table.topics]).toEqual(['none', 2]);
  });

  it('adds and removes in any order', () => {
    for (const order of [
      [0, 1, 2],
      [2, 1, 0],
      [1, 2, 0],
    ]) {
      const { add, remove, match, table } = setUp();
      for (const at of order) expect(add(at, `foo${at}`)).toBe('first');
      for (const at of order) expect(match(`foo${at}`)).toEqual([at]);
      for (const at of order) expect(remove(at, `foo${at}`)).toBe('last');
      expect([table.topics, table.subscribers]).toEqual([0, 0]);
    }
  });

  it('knows of each pipe and of all', () => {
    const { add, table, pipes } = setUp();
    add(0, 'a');
    add(0, 'ab');
    expect([table.countOf(pipes[0]!), table.countOf(pipes[1]!), table.subscribers]).toEqual([2, 0, 1]);
    expect([table.has(pipes[0]!, bytes('a')), table.has(pipes[1]!, bytes('a'))]).toEqual([true, false]);
    expect([table.knows(bytes('ab')), table.knows(bytes('abc'))]).toEqual([true, false]);
  });

  it('keeps a copy of a topic', () => {
    const { table, pipes, match } = setUp();
    const topic = bytes('abc');
    table.add(pipes[0]!, topic);
    topic.fill(120);
    expect([match('abc'), match('xxx')]).toEqual([[0], []]);
  });
});

describe('SubscriptionTable: the array that match gives', () => {
  it('is the same while nothing changes', () => {
    const { table, add } = setUp();
    add(0, 'a');
    add(1, 'a');
    add(2, 'ab');
    expect(table.match(bytes('ax'))).toBe(table.match(bytes('ay')));
    expect(table.match(bytes('ab'))).toBe(table.match(bytes('abc')));
  });

  it('is the same where other topics change', () => {
    const { table, add, remove } = setUp();
    add(0, 'a');
    add(1, 'a');
    const before = table.match(bytes('a'));
    add(2, 'b');
    remove(2, 'b');
    expect(table.match(bytes('a'))).toBe(before);
  });

  it('is the same for all topics of one pipe, and for topics within one that has all their pipes', () => {
    const { table, add } = setUp();
    add(0, 'a');
    add(0, 'b');
    expect(table.match(bytes('a'))).toBe(table.match(bytes('b')));
    add(1, '');
    expect(table.match(bytes('a'))).toBe(table.match(bytes('b')));
    add(0, '');
    expect(table.match(bytes('a'))).toBe(table.match(bytes('')));
  });

  it('is another one when the pipes are others, and is never changed', () => {
    const { table, add, remove, pipes } = setUp();
    add(0, 'a');
    add(1, 'a');
    const two = table.match(bytes('a'));
    add(2, 'a');
    const three = table.match(bytes('a'));
    remove(0, 'a');
    const last = table.match(bytes('a'));
    table.forget(pipes[1]!);
    expect([two, three, last, table.match(bytes('a'))]).toEqual([
      [pipes[0], pipes[1]],
      [pipes[0], pipes[1], pipes[2]],
      [pipes[1], pipes[2]],
      [pipes[2]],
    ]);
  });

  it('stays the same where a pipe that has gone was not in it', () => {
    const { table, add, pipes, host } = setUp();
    add(0, 'a');
    add(1, 'a');
    add(2, 'b');
    const before = table.match(bytes('a'));
    table.forget(pipes[2]!);
    host.settle();
    expect(table.match(bytes('a'))).toBe(before);
  });
});

describe('SubscriptionTable: connections that are gone', () => {
  it('tells of each topic, and whether it was the last', () => {
    const { table, add, pipes, cleared, match, counts } = setUp();
    add(0, 'foo');
    add(1, 'foo');
    add(0, 'bar');
    table.forget(pipes[0]!);
    expect(cleared).toEqual([
      { pipe: pipes[0]!.id, topic: 'foo', last: false },
      { pipe: pipes[0]!.id, topic: 'bar', last: true },
    ]);
    expect([counts, match('foo'), match('bar'), table.topics, table.subscribers]).toEqual([[2], [1], [], 1, 1]);
  });

  it('knows nothing of a pipe that never subscribed', () => {
    const { table, pipes, cleared, host } = setUp();
    table.forget(pipes[0]!);
    expect([cleared, host.soonCount]).toEqual([[], 0]);
  });

  it('are out of every match at once, and cleared away in slices', () => {
    const { table, add, pipes, host, match, cleared, counts } = setUp();
    const topics = Array.from({ length: 3.5 * CLEARED_IN_A_TURN }, (_, at) => `topic ${at}`);
    for (const topic of topics) add(0, topic);
    add(1, 'topic 3000');
    table.forget(pipes[0]!);
    for (const topic of topics) expect(match(topic)).toEqual(topic === 'topic 3000' ? [1] : []);
    expect([cleared.length, table.subscribers]).toEqual([CLEARED_IN_A_TURN, 1]);
    host.settle();
    expect(counts).toEqual([1, 2, 3, 3.5].map((slices) => slices * CLEARED_IN_A_TURN));
    expect([new Set(cleared.map(({ topic }) => topic)).size, table.topics]).toEqual([topics.length, 1]);
    expect(cleared.filter(({ last }) => !last).map(({ topic }) => topic)).toEqual(['topic 3000']);
  });

  it('share what is cleared in a turn', () => {
    const { table, add, pipes, host, cleared } = setUp();
    for (let at = 0; at < CLEARED_IN_A_TURN; at += 1) for (const pipe of [0, 1, 2]) add(pipe, `${pipe} ${at}`);
    for (const pipe of pipes) table.forget(pipe);
    expect(cleared.length).toBe(CLEARED_IN_A_TURN);
    host.turn();
    expect(cleared.length).toBe(2 * CLEARED_IN_A_TURN);
    host.settle();
    expect([cleared.length, table.topics]).toEqual([3 * CLEARED_IN_A_TURN, 0]);
  });

  it('do not take the next connection of their pipe with them', () => {
    const { table, add, pipes, host, match, cleared } = setUp();
    for (let at = 0; at <= CLEARED_IN_A_TURN; at += 1) add(0, `topic ${at}`);
    table.forget(pipes[0]!);
    const left = `topic ${CLEARED_IN_A_TURN}`;
    expect(match(left)).toEqual([]);
    expect(add(0, left)).toBe('joined'); // nobody was told that it had ended
    expect([match(left), table.countOf(pipes[0]!)]).toEqual([[0], 1]);
    host.settle();
    expect([match(left), cleared.at(-1)]).toEqual([[0], { pipe: pipes[0]!.id, topic: left, last: false }]);
  });
});

describe('SubscriptionTable: against a plain list of pairs', () => {
  const topic = fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 4 }).map((letters) => letters.join(''));
  const step = fc.oneof(
    { weight: 6, arbitrary: fc.record({ kind: fc.constant('add' as const), pipe: fc.nat(3), topic }) },
    { weight: 4, arbitrary: fc.record({ kind: fc.constant('remove' as const), pipe: fc.nat(3), topic }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('forget' as const), pipe: fc.nat(3), topic }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('fill' as const), pipe: fc.nat(3), topic }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('turn' as const), pipe: fc.nat(3), topic }) },
  );

  it('matches the same pipes, tells the same ends, and leaves nothing behind', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const { table, pipes, add, remove, host, match, matchWhole, cleared } = setUp(4);
        const pairs = new Map<string, Set<string>>(pipes.map((_, at) => [`${at}`, new Set<string>()]));
        let owed = 0;
        for (const { kind, pipe, topic: name } of steps) {
          const own = pairs.get(`${pipe}`)!;
          if (kind === 'add') {
            expect(add(pipe, name) === 'had').toBe(own.has(name));
            own.add(name);
          } else if (kind === 'remove') {
            expect(remove(pipe, name) !== 'none').toBe(own.has(name));
            own.delete(name);
          } else if (kind === 'fill') {
            // So many that clearing takes several turns.
            for (let at = 0; at < CLEARED_IN_A_TURN; at += 1) {
              add(pipe, `d${at}`);
              own.add(`d${at}`);
            }
          } else if (kind === 'forget') {
            table.forget(pipes[pipe]!);
            owed += own.size;
            own.clear();
          } else host.turn();

          const wanting = (test: (one: string) => boolean) =>
            pipes.map((_, at) => at).filter((at) => [...pairs.get(`${at}`)!].some(test));
          for (const message of [name, `${name}a`, 'abcabc', 'd1']) {
            expect(match(message)).toEqual(wanting((one) => message.startsWith(one)));
            expect(matchWhole(message)).toEqual(wanting((one) => message === one));
          }
          expect(table.subscribers).toBe([...pairs.values()].filter(({ size }) => size > 0).length);
          expect(pipes.map((one) => table.countOf(one))).toEqual([...pairs.values()].map(({ size }) => size));
        }
        host.settle();
        expect(cleared.length).toBe(owed);
        expect(table.topics).toBe(new Set([...pairs.values()].flatMap((own) => [...own])).size);
      }),
      { numRuns: 150 },
    );
  });
});
