import { from, of, range, Subject } from 'rxjs';
import { type Codec, fromPull, fromSub, reply, request, requester, text, toPub, toPush, topic } from 'rxzmq';
import { describe, expect, it } from 'vitest';
import { Push } from 'zeromq';
import { collect } from '../helpers/collect.js';
import { driver } from '../helpers/driver.js';
import { connectedPeer } from '../helpers/peers.js';
import { Statuses } from '../helpers/Statuses.js';

/** A wire whose messages are numbered by each sender; what is read says which reader read it, and what came before. */
class Numbered implements Codec<string, string> {
  readonly peers: (number | undefined)[] = [];

  encode(): never {
    throw new Error('it was not opened');
  }

  decode(): never {
    throw new Error('it was not opened');
  }

  open(peer?: number): Codec<string, string> {
    const reader = this.peers.push(peer);
    let sent = 0;
    let read = '';
    return {
      encode: (value) => text.encode(`${value}${(sent += 1)}`),
      decode: (parts) => (read += `${reader}:${text.decode(parts)} `),
    };
  }
}

/** What a reader has read, without its number. */
const content = (value: string) => value.replaceAll(/\d+:/g, '');

describe('a codec that can be opened', () => {
  it('is opened for each subscription of a sink, which counts for itself', async () => {
    const codec = new Numbered();
    const statuses = new Statuses();
    const pulled = collect(fromPull('tcp://127.0.0.1:*', { bind: true, codec: text, status: statuses }));
    const sink = toPush(await statuses.endpoint(), { bind: false, codec });

    await collect(of('a', 'b').pipe(sink)).completed;
    await collect(of('c').pipe(sink)).completed;

    expect((await pulled.first(3)).sort()).toEqual(['a1', 'b2', 'c1']);
    expect(codec.peers).toEqual([undefined, undefined]);
  });

  it('is opened for each connection of a source, or once where the driver cannot tell them apart', async () => {
    const codec = new Numbered();
    const statuses = new Statuses();
    const pulled = collect(fromPull('tcp://127.0.0.1:*', { bind: true, codec, status: statuses }));
    const endpoint = await statuses.endpoint();
    for (const letter of ['a', 'b']) {
      const push = connectedPeer(new Push(), endpoint);
      await push.send(`${letter}1`);
      await pulled.first(letter === 'a' ? 1 : 3);
      await push.send(`${letter}2`);
      await pulled.first(letter === 'a' ? 2 : 4);
    }

    const values =
      driver === 'engine' ? ['a1 ', 'a1 a2 ', 'b1 ', 'b1 b2 '] : ['a1 ', 'a1 a2 ', 'a1 a2 b1 ', 'a1 a2 b1 b2 '];
    expect(pulled.values.map(content)).toEqual(values);
    expect(codec.peers).toEqual(driver === 'engine' ? [expect.any(Number), expect.any(Number)] : [undefined]);
    expect(new Set(codec.peers).size).toBe(codec.peers.length);
  });

  it('hears of the messages that conflation skips', async () => {
    const codec = new Numbered();
    const statuses = new Statuses();
    const input = new Subject<string>();
    const published = collect(
      input.pipe(toPub('tcp://127.0.0.1:*', { codec: text, status: statuses, waitForSubscribers: 1 })),
    );
    const newest = collect(fromSub(await statuses.endpoint(), { codec, conflate: true }));
    await statuses.first('subscribed');
    range(1, 500).subscribe((i) => input.next(`${i}`));
    input.next('end');
    await published.first(501);

    let last: string | undefined;
    for (let n = 1; last?.endsWith(':end ') !== true; n += 1) last = (await newest.first(n))[n - 1];
    expect(content(last).split(' ')).toEqual([...Array.from({ length: 500 }, (_, i) => `${i + 1}`), 'end', '']);
  });

  it('counts requests and replies for themselves, and is opened for the connections of both', async () => {
    const asking = new Numbered();
    const answering = new Numbered();
    const statuses = new Statuses();
    collect(reply('tcp://127.0.0.1:*', (asked) => `${content(asked).trim()}!`, { codec: answering, status: statuses }));
    const endpoint = await statuses.endpoint();

    const replies = collect(from(['a', 'b']).pipe(request(endpoint, { codec: asking })));
    await replies.completed;

    // the request a1 is answered by a1!1, b2 by all that was read, a1 b2, and !2
    expect(replies.values.map(content)).toEqual(['a1!1 ', 'a1!1 a1 b2!2 ']);
    expect(asking.peers).toHaveLength(2);
    expect(answering.peers).toHaveLength(2);
    expect(asking.peers[0]).toBeUndefined();

    const shared = requester(endpoint, { codec: asking });
    const [first] = await collect(shared.request('c')).first(1);
    await shared.close();
    expect(content(first!)).toMatch(/c1!3 $/);
    expect(asking.peers).toHaveLength(4);
  });

  it('is opened behind a topic', () => {
    const codec = new Numbered();
    const opened = topic(codec).open!(7);
    expect(opened.encode({ topic: 't', value: 'a' })).toEqual([...text.encode('t'), ...text.encode('a1')]);
    expect(opened.encode({ topic: 't', value: 'a' })).toEqual([...text.encode('t'), ...text.encode('a2')]);
    expect(opened.decode([...text.encode('t'), ...text.encode('x')])).toEqual({ topic: 't', value: '1:x ' });
    expect(codec.peers).toEqual([7]);
    expect(topic(text).open).toBeUndefined();
  });

  it('says what fromSub subscribes to, unless its options do', async () => {
    const statuses = new Statuses();
    const input = new Subject<readonly [string, string]>();
    const pairs: Codec<readonly [string, string]> = {
      encode: ([key, value]) => [...text.encode(key), ...text.encode(value)],
      decode: ([key, value]) => [text.decode([key!]), text.decode([value!])],
      topics: ['ab'],
    };
    collect(input.pipe(toPub('tcp://127.0.0.1:*', { codec: pairs, status: statuses, waitForSubscribers: 2 })));
    const endpoint = await statuses.endpoint();
    const own = collect(fromSub(endpoint, { codec: pairs }));
    const told = collect(fromSub(endpoint, { codec: pairs, topics: ['x'] }));
    await statuses.nth('subscribed', 2);

    for (const key of ['abc', 'a', 'x', 'ab']) input.next([key, '']);

    expect(await own.first(2)).toEqual([
      ['abc', ''],
      ['ab', ''],
    ]);
    expect(await told.first(1)).toEqual([['x', '']]);
  });
});
