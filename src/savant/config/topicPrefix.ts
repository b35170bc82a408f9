import { sameBytes, startsWith } from '../../basics/bytes.js';
import type { Rule } from '../../options/rules.js';
import type { TopicPrefixSpec } from './TopicPrefixSpec.js';

/** A {@link TopicPrefixSpec} in the form that the reader applies. */
export interface TopicPrefix {
  /** The topic that SUB subscribes to. */
  readonly bytes: Uint8Array;
  /** The topic must be equal to it, not only begin with it. */
  readonly isWhole: boolean;
}

const utf8 = new TextEncoder();

/** Converts a spec that {@link isTopicPrefixSpec} accepts. */
export function topicPrefix(spec: TopicPrefixSpec): TopicPrefix {
  if (typeof spec === 'string') return parse(spec)!;
  if ('sourceId' in spec) return { bytes: bytesOf(spec.sourceId), isWhole: true };
  return { bytes: bytesOf(spec.prefix), isWhole: false };
}

export function matchesPrefix({ bytes, isWhole }: TopicPrefix, topic: Uint8Array): boolean {
  return isWhole ? sameBytes(topic, bytes) : startsWith(topic, bytes);
}

export const isTopicPrefixSpec: Rule = (value) => {
  const expected = "'none', 'source{...}', 'prefix{...}', { sourceId } or { prefix }";
  if (typeof value === 'string') return parse(value) ? undefined : expected;
  if (typeof value !== 'object' || value === null) return expected;
  const [name, ...more] = Object.keys(value);
  if ((name !== 'sourceId' && name !== 'prefix') || more.length > 0) return expected;
  const given = (value as Record<string, unknown>)[name];
  return typeof given === 'string' || given instanceof Uint8Array ? undefined : `${expected}, each a text or bytes`;
};

function parse(text: string): TopicPrefix | undefined {
  if (text === 'none') return { bytes: new Uint8Array(0), isWhole: false };
  const parts = /^(source|prefix)\{(.*)\}$/s.exec(text);
  return parts ? { bytes: bytesOf(parts[2] ?? ''), isWhole: parts[1] === 'source' } : undefined;
}

function bytesOf(given: string | Uint8Array): Uint8Array {
  return typeof given === 'string' ? utf8.encode(given) : given.slice();
}
