import { firstValueFrom, map, take, toArray } from 'rxjs';
import { expect, it } from 'vitest';
import { proxy } from '../../src/sockets/proxy/proxy.js';
import { collect } from '../helpers/collect.js';
import { Statuses } from '../helpers/Statuses.js';
import { bound, open, texts } from './open.js';

const SUBSCRIBERS = 120;
const TOPICS_OF_EACH = 100;

it('a forwarder stands for as many subscribers as it has: one peer with 12,000 topics', async () => {
  const statuses = new Statuses();
  const publisher = open('xpub', { noDrop: true, status: statuses });
  const [xsub, xpub] = [open('xsub'), open('xpub', { noDrop: true })];
  const changes = firstValueFrom(publisher.messages.pipe(take(SUBSCRIBERS * TOPICS_OF_EACH), toArray()));
  xsub.connect(await bound(publisher));
  const backend = await bound(xpub, 'inproc://backend of the forwarder');
  collect(proxy(xsub, xpub));
  const topicsOf = (n: number): string[] => Array.from({ length: TOPICS_OF_EACH }, (_, i) => `${n}/${i}.`);
  const received = Array.from({ length: SUBSCRIBERS }, (_, n) => {
    const sub = open('sub')
      .connect(backend)
      .subscribe(...topicsOf(n));
    const first = sub.messages.pipe(
      map((parts) => texts(parts)[0]),
      take(TOPICS_OF_EACH),
      toArray(),
    );
    return firstValueFrom(first);
  });
  await changes;
  for (let i = 0; i < TOPICS_OF_EACH; i += 1) {
    for (let n = 0; n < SUBSCRIBERS; n += 1) await publisher.send([`${n}/${i}.`, 'x']);
  }
  expect(await Promise.all(received)).toEqual(Array.from({ length: SUBSCRIBERS }, (_, n) => topicsOf(n)));
  expect(statuses.all.filter(({ kind }) => kind === 'disconnected' || kind === 'dropped')).toEqual([]);
});
