import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TopicTree } from '../../../../src/engine/patterns/pubsub/TopicTree.js';
import { bytes } from '../FakePipe.js';

const valuesOf = (tree: TopicTree<number>) => {
  const values = new Map<string, number>();
  tree.forEach((node) => values.set(node.topic, node.value!));
  return values;
};

const set = (tree: TopicTree<number>, topic: string, value: number) => {
  tree.reach(bytes(topic)).value = value;
};

const unset = (tree: TopicTree<number>, topic: string) => {
  const node = tree.find(bytes(topic));
  if (!node) return;
  node.value = undefined;
  tree.prune(node);
};

describe('TopicTree', () => {
  it('is empty at first', () => {
    const tree = new TopicTree<number>();
    expect(tree.find(bytes(''))).toBeUndefined();
    expect(tree.longest(bytes('foo'))).toBeUndefined();
    expect(tree.startsAny(bytes(''))).toBe(false);
  });

  it('finds the longest topic that the bytes start with', () => {
    const tree = new TopicTree<number>();
    for (const [at, topic] of ['', 'a', 'abc', 'abcde', 'b'].entries()) set(tree, topic, at);
    const longest = (text: string) => tree.longest(bytes(text))?.topic;
    expect(['', 'x', 'a', 'ab', 'abx', 'abc', 'abcd', 'abcdef', 'bb'].map(longest)).toEqual([
      '',
      '',
      'a',
      'a',
      'a',
      'abc',
      'abc',
      'abcde',
      'b',
    ]);
  });

  it('keeps the node of a topic while others come and go around it', () => {
    const tree = new TopicTree<number>();
    set(tree, 'slower', 1);
    const node = tree.find(bytes('slower'));
    for (const topic of ['slow', 'slo', 'slowest', 'slower still', 's', '']) set(tree, topic, 2);
    expect(tree.find(bytes('slower'))).toBe(node);
    for (const topic of ['s', 'slowest', '', 'slow', 'slower still', 'slo']) unset(tree, topic);
    expect(tree.find(bytes('slower'))).toBe(node);
    expect(valuesOf(tree)).toEqual(new Map([['slower', 1]]));
  });

  it('takes any byte, and topics longer than a call has arguments', () => {
    const tree = new TopicTree<number>();
    const all = Uint8Array.from({ length: 256 }, (_, at) => at);
    for (const byte of all) tree.reach(Uint8Array.of(7, byte)).value = byte;
    const long = new Uint8Array(300_000).fill(255);
    tree.reach(long).value = 1000;
    for (const byte of all) expect(tree.find(Uint8Array.of(7, byte))?.value).toBe(byte);
    expect(tree.find(long)?.value).toBe(1000);
    expect(tree.find(long.subarray(1))).toBeUndefined();
    expect(tree.longest(new Uint8Array(300_001).fill(255))?.end).toBe(300_000);
  });

  it('finds its way where many topics part', () => {
    const tree = new TopicTree<number>();
    const places = [200, 3, 255, 100, 0, 101, 7, 254, 90].map((byte) => String.fromCharCode(byte));
    for (const [at, place] of places.entries()) set(tree, `t${place}one`, at);
    for (const [at, place] of places.entries()) set(tree, `t${place}two`, 100 + at);
    for (const place of places.slice(2, 6)) for (const end of ['one', 'two']) unset(tree, `t${place}${end}`);
    set(tree, `t${places[3]}one`, 1000);
    const values = places.map((place) =>
      ['one', 'two', 'o', ''].map((end) => tree.find(bytes(`t${place}${end}`))?.value),
    );
    const none = [undefined, undefined];
    expect(values).toEqual(
      places.map((_, at) => {
        if (at === 3) return [1000, undefined, ...none];
        return at >= 2 && at < 6 ? [...none, ...none] : [at, 100 + at, ...none];
      }),
    );
  });

  it('is not deeper than its topics are nested, nor recursive', () => {
    const tree = new TopicTree<number>();
    const topic = new Uint8Array(3000).fill(97);
    for (let length = 1; length <= topic.length; length += 1) tree.reach(topic.subarray(0, length)).value = length;
    expect(tree.longest(topic)?.value).toBe(3000);
    for (let length = 1; length < topic.length; length += 1) {
      const node = tree.find(topic.subarray(0, length))!;
      node.value = undefined;
      tree.prune(node);
    }
    expect(tree.longest(topic)?.value).toBe(3000);
    expect(tree.longest(topic.subarray(1))).toBeUndefined();
    expect(tree.longest(topic)?.parent?.parent).toBeUndefined();
  });

  it('does what a map of all topics does', () => {
    // Few letters, so that topics often share beginnings; more at the second place, so that forks get tables.
    const letter = fc.constantFrom('a', 'b', '\0', '\xff');
    const places = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', '\0', '\x80', '\xff'];
    const second = fc.constantFrom(...places);
    const firsts = fc.subarray(places);
    const topics = fc.oneof(
      fc.array(letter, { maxLength: 5 }).map((letters) => letters.join('')),
      fc.tuple(second, fc.constantFrom('', 'x', 'xy', 'xz')).map(([middle, end]) => `a${middle}${end}`),
    );
    const step = fc.record({ topic: topics, on: fc.boolean(), asked: topics });
    fc.assert(
      fc.property(firsts, fc.array(step, { maxLength: 150 }), (present, steps) => {
        const tree = new TopicTree<number>();
        const model = new Map<string, number>();
        for (const first of present) {
          set(tree, `a${first}x`, -1);
          model.set(`a${first}x`, -1);
        }
        for (const [at, { topic, on, asked }] of steps.entries()) {
          if (on) {
            set(tree, topic, at);
            model.set(topic, at);
          } else {
            unset(tree, topic);
            model.delete(topic);
          }
          const within = [...model.keys()].filter((known) => asked.startsWith(known));
          const longest = within.sort((a, b) => b.length - a.length)[0];
          expect(tree.find(bytes(asked))?.value).toBe(model.get(asked));
          expect(tree.longest(bytes(asked))?.topic).toBe(longest);
          expect(tree.startsAny(bytes(asked))).toBe(longest !== undefined);
        }
        expect(valuesOf(tree)).toEqual(model);
        for (const topic of model.keys()) unset(tree, topic);
        const root = tree.reach(new Uint8Array());
        expect(root.children).toEqual([]); // nothing is left behind
      }),
      { numRuns: 300 },
    );
  });
});
