// Opens and closes many streams of every kind, and is to end by itself.
import { existsSync, readdirSync } from 'node:fs';
import { firstValueFrom, lastValueFrom, map, merge, of, range, Subject, take, toArray } from 'rxjs';
import { fromPull, fromSub, reply, request, requester, text, toPub, toPush } from 'rxzmq';
import { Statuses } from '../../helpers/Statuses.js';

const [driver] = process.argv.slice(2) as ['engine' | 'native'];
const bind = 'tcp://127.0.0.1:*';
/** Linux tells; elsewhere only the end of the process is proof. */
const openFiles = (): number => (existsSync('/proc/self/fd') ? readdirSync('/proc/self/fd').length : 0);

async function round(streams: number): Promise<void> {
  const each = Array.from({ length: streams }, async (_, i) => {
    const statuses = new Statuses();
    const sent = lastValueFrom(range(0, 3).pipe(map(String), toPush(bind, { driver, codec: text, status: statuses })));
    const received = fromPull(await statuses.endpoint(), { driver, codec: text, status: statuses }).pipe(
      take(3),
      toArray(),
    );
    if ((await lastValueFrom(received)).join() !== '0,1,2') throw new Error(`stream ${i} lost something`);
    await sent;
    await statuses.nth('closed', 2);
  });
  await Promise.all(each);
}

async function oneOfEach(): Promise<void> {
  const statuses = new Statuses();
  const published = new Subject<string>();
  const subscriptions = [
    published.pipe(toPub(bind, { driver, codec: text, status: statuses })).subscribe(),
    reply(bind, (r: string) => r, { driver, codec: text, status: statuses }).subscribe(),
    fromSub('tcp://127.0.0.1:9', { driver, status: statuses }).subscribe(),
  ];
  await statuses.nth('listening', 2);
  const endpoint = statuses.all.flatMap((s) => (s.kind === 'listening' ? [s.endpoint] : []));
  const ask = requester(endpoint, { driver, codec: text, status: statuses });
  await firstValueFrom(
    merge(ask.request('a'), of('b').pipe(request(endpoint, { driver, codec: text, status: statuses }))),
  );
  await ask.close();
  for (const subscription of subscriptions) subscription.unsubscribe();
  await statuses.nth('closed', 5);
}

await round(5);
await oneOfEach();
const before = openFiles();
for (let i = 0; i < 2; i += 1) await round(100);
await oneOfEach();
// libzmq closes its files in the background: what is left is counted once the loop has nothing more to do
process.on('exit', () => console.log(JSON.stringify({ before, after: openFiles() })));
