import { concat, from, lastValueFrom, map, NEVER, type Observable, type Subscription, take, timer } from 'rxjs';
import { fromPull, fromSub, json, raw, reply, request, toPub, toPush, text, topic } from 'rxzmq';
import { describe, expect, it, onTestFinished } from 'vitest';
import { Statuses } from '../harness/record.js';
import { NatsServer } from './NatsServer.js';
import { isHere, servers } from './place.mjs';
import { all } from './streams.js';

// What test/contract states of ZeroMQ's sockets and holds with a broker between them, too.

const held = (subscription: Subscription): Subscription => {
  onTestFinished(() => subscription.unsubscribe());
  return subscription;
};
async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await lastValueFrom(timer(10));
}
const bytes = (...parts: string[]): Uint8Array[] => parts.map((part) => new TextEncoder().encode(part));
const numbers = (count: number): Observable<number> => from(Array.from({ length: count }, (_, n) => n));

describe.runIf(isHere).each(servers)('the contract of sockets, over $name nats-server', ({ path }) => {
  it('PUSH and PULL carry whole messages in order, empty ones too', async () => {
    const server = await NatsServer.start({ path });
    const sent = [bytes('one'), bytes(''), bytes('x'.repeat(100_000)), bytes('two')];
    await all(from(sent).pipe(toPush(server.at('x'), { codec: raw })));
    expect(await all(fromPull(server.at('x'), { codec: raw }).pipe(take(4)))).toEqual(sent);
  });

  it('PUSH and PULL lose and reorder nothing in a long stream', async () => {
    const server = await NatsServer.start({ path });
    const options = { codec: text };
    const sent = Array.from({ length: 3000 }, (_, n) => `${n}|${'x'.repeat(n % 300)}`);
    const got = all(fromPull(server.at('x'), options).pipe(take(sent.length)));
    await all(from(sent).pipe(toPush(server.at('x'), { ...options, maxBuffered: sent.length })));
    expect(await got).toEqual(sent);
  });

  it('PUSH needs no puller: what it has sent goes to the first one', async () => {
    const server = await NatsServer.start({ path });
    await all(from(['here you are']).pipe(toPush(server.at('x'), { codec: text })));
    expect(await all(fromPull(server.at('x'), { codec: text }).pipe(take(1)))).toEqual(['here you are']);
  });

  it('a puller that is gone gets nothing more, the others all', async () => {
    const server = await NatsServer.start({ path });
    const codec = json<number>((value) => value as number);
    const got: number[] = [];
    const gone = held(fromPull(server.at('x'), { codec }).subscribe((n) => got.push(n)));
    await all(numbers(20).pipe(toPush(server.at('x'), { codec })));
    await until(() => got.length === 20);
    gone.unsubscribe();
    held(fromPull(server.at('x'), { codec }).subscribe((n) => got.push(n)));
    await all(
      numbers(20).pipe(
        map((n) => n + 20),
        toPush(server.at('x'), { codec }),
      ),
    );
    await until(() => got.length === 40);
    expect(got).toEqual(Array.from({ length: 40 }, (_, n) => n));
  });

  it('PUB reaches all that are subscribed, and SUB gets the topics that it asked for', async () => {
    const server = await NatsServer.start({ path });
    const codec = topic(text);
    const [euro, every]: [unknown[], unknown[]] = [[], []];
    held(fromSub(server.at('quotes'), { codec, topics: ['EUR'] }).subscribe((one) => euro.push(one)));
    held(fromSub(server.at('quotes'), { codec, topics: [''] }).subscribe((one) => every.push(one)));
    await server.subscribed('quotes.EUR', 2);
    const sent = ['USD', 'EUR', 'EUR.x', 'GBP'].map((name, i) => ({ topic: name, value: String(i) }));
    await all(from(sent).pipe(toPub(server.at('quotes'), { codec })));
    await until(() => every.length === 4 && euro.length === 2); // two subscriptions, each with its own time
    expect(every).toEqual(sent);
    expect(euro).toEqual(sent.slice(1, 3));
  });

  it('PUB without subscribers takes everything, and a late subscriber gets what comes then', async () => {
    const server = await NatsServer.start({ path });
    expect(await all(numbers(100).pipe(toPub(server.at('x'), { codec: json() })))).toHaveLength(100);
    const got = all(fromSub(server.at('x'), { codec: json<number>((value) => value as number) }).pipe(take(1)));
    await server.subscribed('x');
    await all(from([7]).pipe(toPub(server.at('x'), { codec: json() })));
    expect(await got).toEqual([7]);
  });

  it('replies keep the order of their requests, many at once', async () => {
    const server = await NatsServer.start({ path });
    const codec = json<number>((value) => value as number);
    const later = (n: number): Observable<number> => timer(n % 7).pipe(map(() => n * 2));
    held(reply(server.at('x'), later, { codec, concurrency: 8 }).subscribe());
    await server.subscribed('x');
    const answers = await all(numbers(200).pipe(request(server.at('x'), { codec, concurrency: 16, maxBuffered: 200 })));
    expect(answers).toEqual(Array.from({ length: 200 }, (_, n) => n * 2));
  });

  it('is cold: nothing is there before it is subscribed to, and each subscription is closed by itself', async () => {
    const server = await NatsServer.start({ path });
    const statuses = new Statuses();
    const source = fromPull(server.at('x'), { codec: raw, status: statuses });
    expect(statuses.told).toEqual([]);
    const [one, two] = [held(source.subscribe()), held(source.subscribe())];
    await statuses.take('connected');
    await statuses.take('connected');
    one.unsubscribe();
    const { socketId } = await statuses.take('closed');
    expect(statuses.told.filter((status) => status.kind === 'closed')).toHaveLength(1);
    two.unsubscribe();
    expect((await statuses.take('closed')).socketId).not.toBe(socketId);
  });

  it('what was taken goes out although the sink is unsubscribed', async () => {
    const server = await NatsServer.start({ path });
    const got = all(fromPull(server.at('x'), { codec: text }).pipe(take(1)));
    const sent = concat(from(['last words']), NEVER).pipe(toPush(server.at('x'), { codec: text }), take(1));
    expect(await all(sent)).toEqual(['last words']);
    expect(await got).toEqual(['last words']);
  });
});
