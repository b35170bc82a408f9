import { expect, it } from 'vitest';
import { isTopicPrefixSpec, matchesPrefix, topicPrefix } from '../../../src/savant/config/topicPrefix.js';
import type { TopicPrefixSpec } from '../../../src/savant/config/TopicPrefixSpec.js';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const matches = (spec: TopicPrefixSpec, topic: string): boolean => matchesPrefix(topicPrefix(spec), bytes(topic));

it.each([
  ['none', ['', 'topic'], []],
  ['source{topic}', ['topic'], ['topi', 'topic2', '']],
  [{ sourceId: 'topic' }, ['topic'], ['topi', 'topic2', '']],
  ['prefix{topic}', ['topic', 'topic2'], ['topi', '']],
  [{ prefix: bytes('topic') }, ['topic', 'topic2'], ['topi', '']],
  ['prefix{}', ['', 'topic'], []],
  ['source{}', [''], ['topic']],
  ['source{a}b}', ['a}b'], ['a']],
  ['prefix{источник}', ['источник/1'], ['исто']],
] as const)('%j', (spec, inside, outside) => {
  expect(isTopicPrefixSpec(spec)).toBeUndefined();
  for (const topic of inside) expect(matches(spec, topic), topic).toBe(true);
  for (const topic of outside) expect(matches(spec, topic), topic).toBe(false);
});

it.each([
  '',
  'source',
  'source{',
  'source{topic',
  'source{topic} ',
  ' none',
  'None',
  'other{topic}',
  {},
  { sourceId: 5 },
  { prefix: 'a', sourceId: 'a' },
  { topic: 'a' },
  null,
  7,
])('not %j', (spec) => expect(isTopicPrefixSpec(spec)).toContain("'none'"));

it('keeps its own copy of bytes', () => {
  const given = bytes('topic');
  const prefix = topicPrefix({ prefix: given });
  given.fill(0);
  expect(matchesPrefix(prefix, bytes('topic2'))).toBe(true);
});
