import { firstValueFrom, from, toArray } from 'rxjs';
import { reply, request, text } from 'rxzmq';
import { expect, it, onTestFinished } from 'vitest';
import { Peer } from './harness/Peer.js';
import { Statuses } from './harness/record.js';

const KINDS = ['router', 'keeping', 'rep'];
const letters = Array.from({ length: 40 }, (_, n) => `letter ${n}`);
const capitals = letters.map((letter) => letter.toUpperCase());

it.each(KINDS)('request to a server of pyzmq: %s', async (kind) => {
  const endpoint = await Peer.start('capitals', kind).bound();
  expect(await firstValueFrom(from(letters).pipe(request(endpoint, { codec: text }), toArray()))).toEqual(capitals);
});

it('request to all of them and to a reply', async () => {
  const statuses = new Statuses();
  const serving = reply('tcp://127.0.0.1:*', (asked: string) => asked.toUpperCase(), { codec: text, status: statuses });
  const subscription = serving.subscribe();
  onTestFinished(() => subscription.unsubscribe());
  const servers = await Promise.all(KINDS.map((kind) => Peer.start('capitals', kind).bound()));
  const endpoints = [await statuses.bound(), ...servers];
  const replies = from(letters).pipe(request(endpoints, { codec: text }), toArray());
  expect(await firstValueFrom(replies)).toEqual(capitals);
});

it.each(['keeping', 'rep'])('many requests at once to a server of pyzmq: %s', async (kind) => {
  const endpoint = await Peer.start('capitals', kind).bound();
  const replies = from(letters).pipe(request(endpoint, { codec: text, concurrency: 8 }), toArray());
  expect(await firstValueFrom(replies)).toEqual(capitals);
});
