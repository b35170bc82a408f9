import { inC } from './cPrograms.js';
import type { Driver } from './drivers.js';
import type { Opener } from './interleave.js';
import { type Binding, type Carrier, link, type Rate } from './Link.js';
import { fromPull, node, type Tools, toPush } from './programs.js';
import { releases } from './releases.js';
import { roundOf } from './Row.js';

/** Where the two ends of a stream of frames are, and how large they are. */
export interface Ends {
  readonly payloadBytes: number;
  readonly binds?: Binding;
  readonly carrier?: Carrier;
}

/** How frames of ours are sent and received: as `toPush.mjs` and `fromPull.mjs` call it, and as the table does. */
export const memories = {
  defaults: { adds: '', sent: 'copied', received: 'kept' },
  given: { adds: ', zeroCopy', sent: 'given', received: 'kept' },
  released: { adds: ', with release', sent: 'copied', received: 'released' },
  loaned: { adds: ', with loans', sent: 'copied', received: 'loaned' },
  givenAndReleased: { adds: ', zeroCopy and release', sent: 'given', received: 'released' },
} as const;
export type Memory = keyof typeof memories;

/** The programs at both ends that ours is compared with: on zeromq.js by hand, in C as people write it and at its best. */
export function baselines(tools: Tools, ends: Ends): Record<string, Opener<Rate>> {
  const facts = { ...ends, ...roundOf(ends.payloadBytes) };
  const { payloadBytes } = ends;
  const openers: Record<string, Opener<Rate>> = {
    'zeromq.js': link({
      ...facts,
      sender: (where) => node('zeromqPush', payloadBytes, where),
      receiver: (...args) => node('zeromqPull', ...args),
    }),
  };
  const { c } = tools;
  if (c === undefined) return openers;
  for (const [name, memory] of Object.entries(inC)) {
    const sender = (where: string) => c.sender(payloadBytes, 1, memory, where);
    openers[name] = link({ ...facts, sender, receiver: c.receiver });
  }
  return openers;
}

/** `toPush` to `fromPull`; `undefined` where that memory cannot be given back. */
export function ours(tools: Tools, driver: Driver, memory: Memory, ends: Ends): Opener<Rate> | undefined {
  const { sent, received } = memories[memory];
  if (received !== 'kept' && !releases(driver, tools, ends.payloadBytes)) return undefined;
  return link({
    ...ends,
    ...roundOf(ends.payloadBytes),
    sender: toPush(driver, ends.payloadBytes, sent),
    receiver: fromPull(driver, received),
  });
}
