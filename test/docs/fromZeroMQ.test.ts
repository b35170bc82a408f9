import * as zeromq from 'zeromq';
import { expect, it } from 'vitest';
import { kinds } from '../../src/sockets/kinds.js';
import { codeWords, guides } from './guides.js';

const words = codeWords(guides.get('docs/fromZeroMQ.md') ?? '');

/** What values of a class have, inherited or not. */
function members(prototype: object): string[] {
  const found = new Set<string>();
  for (let at = prototype; at !== Object.prototype; at = Object.getPrototypeOf(at) as object) {
    for (const name of Object.getOwnPropertyNames(at)) found.add(name);
  }
  return [...found].filter((name) => name !== 'constructor' && !name.startsWith('_'));
}

// `Socket` is the base class, whose members are those of all others.
const exported = Object.keys(zeromq).filter((name) => !['default', 'Socket'].includes(name));
const inherited = exported.flatMap((name) => {
  const value = (zeromq as unknown as Record<string, { prototype?: object }>)[name];
  return value?.prototype ? members(value.prototype) : [];
});

/** Names that are here what they are there, or that mean nothing by themselves. */
const elsewhere = new Set(['closed', 'emitter', 'frontEnd', 'backEnd', 'maxMessageSize', 'ipv6', 'context']);

it.each(exported)('the guide has the export %s of zeromq.js', (name) => {
  expect(words).toContain(name);
});

it.each([...new Set(inherited)].filter((name) => !elsewhere.has(name)))('the guide has the member %s', (name) => {
  expect(words).toContain(name);
});

it.each(Object.keys(kinds))('the guide has the socket type %s', (name) => {
  expect(words).toContain(name);
});
