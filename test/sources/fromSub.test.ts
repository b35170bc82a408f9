import { firstValueFrom, lastValueFrom, map, take, toArray } from 'rxjs';
import { encodeFrame, frame, fromSub, json, raw, text, topic } from 'rxzmq';
import { describe, expect, it } from 'vitest';
import { XPublisher } from 'zeromq';
import { arrived } from '../helpers/arrived.js';
import { closed } from '../helpers/peers.js';
import { Statuses } from '../helpers/Statuses.js';

/** A publisher that tells when a subscription has reached it, so that nothing need be waited for blindly. */
async function bindPub(): Promise<XPublisher> {
  const pub = new XPublisher({ linger: 0 });
  await pub.bind('tcp://127.0.0.1:*');
  return pub;
}

const subscribed = async (pub: XPublisher): Promise<string> => (await pub.receive())[0]?.toString('latin1') ?? '';

describe('fromSub', () => {
  it('gives what a PUB sends once the subscription is there', async () => {
    const pub = await bindPub();
    const sent = frame(new Int32Array([1, -2, 3, -4]));
    const received = firstValueFrom(fromSub(pub.lastEndpoint ?? ''));
    expect(await subscribed(pub)).toBe('\x01');
    await pub.send(encodeFrame(sent));
    expect(await received).toEqual(arrived(sent));
    pub.close();
  });

  it('gives every subscriber every frame', async () => {
    const pub = await bindPub();
    pub.verbosity = 'allSubs';
    const source = fromSub(pub.lastEndpoint ?? '', { codec: text }).pipe(take(2), toArray());
    const both = Promise.all([lastValueFrom(source), lastValueFrom(source)]);
    await subscribed(pub);
    await subscribed(pub);
    await pub.send('one');
    await pub.send('two');
    expect(await both).toEqual([
      ['one', 'two'],
      ['one', 'two'],
    ]);
    pub.close();
  });

  it('binds for publishers that connect', async () => {
    const statuses = new Statuses();
    const received = firstValueFrom(fromSub('tcp://127.0.0.1:*', { bind: true, codec: text, status: statuses }));
    const pub = new XPublisher({ linger: 0 });
    pub.connect(await statuses.endpoint());
    await subscribed(pub);
    await pub.send('hello');
    expect(await received).toBe('hello');
    pub.close();
  });

  it('takes only its topics, as text or bytes', async () => {
    const pub = await bindPub();
    const codec = topic(json<{ price: number }>());
    const topics = ['quotes.', Uint8Array.of(0x6e, 0x65)];
    const received = lastValueFrom(fromSub(pub.lastEndpoint ?? '', { codec, topics }).pipe(take(2), toArray()));
    expect(new Set([await subscribed(pub), await subscribed(pub)])).toEqual(new Set(['\x01quotes.', '\x01ne']));
    await pub.send(['other', '{"price":0}']);
    await pub.send(['quotes.a', '{"price":1}']);
    await pub.send(['news', '{"price":2}']);
    expect(await received).toEqual([
      { topic: 'quotes.a', value: { price: 1 } },
      { topic: 'news', value: { price: 2 } },
    ]);
    pub.close();
  });

  it('takes only the frames of its stream', async () => {
    const pub = await bindPub();
    const received = lastValueFrom(
      fromSub(pub.lastEndpoint ?? '', { streamId: 7 }).pipe(
        take(2),
        map(({ samples }) => samples[0]),
        toArray(),
      ),
    );
    const prefix = await subscribed(pub);
    expect(Buffer.from(prefix, 'latin1').toString('hex')).toBe(
      '01' + '53474953' + '00000100' + '00000000' + '07000000',
    );
    for (const [streamId, value] of [
      [0, 1],
      [7, 2],
      [8, 3],
      [7, 4],
    ] as const) {
      await pub.send(encodeFrame(frame(new Int8Array([value, 0]), { streamId })));
    }
    expect(await received).toEqual([2, 4]);
    pub.close();
  });

  it('conflates: skips to the newest while the loop is busy, with all its parts', async () => {
    const pub = await bindPub();
    const seen: string[][] = [];
    const done = new Promise<void>((resolve) => {
      fromSub(pub.lastEndpoint ?? '', { codec: raw, conflate: true })
        .pipe(map((parts) => parts.map((part) => Buffer.from(part).toString())))
        .subscribe(function (this: void, parts) {
          seen.push(parts);
          if (parts[0] === '499') resolve();
        });
    });
    await subscribed(pub);
    for (let i = 0; i < 500; i += 1) void pub.send([`${i}`, 'payload']);
    await done;
    expect(seen.length).toBeLessThan(500);
    expect(seen.every((parts) => parts[1] === 'payload')).toBe(true);
    const order = seen.map(([n]) => Number(n));
    expect(order).toEqual([...order].sort((a, b) => a - b));
    pub.close();
  });

  it('subscribes again when its publisher comes back', async () => {
    const statuses = new Statuses();
    const pub = await bindPub();
    const endpoint = pub.lastEndpoint ?? '';
    const received = lastValueFrom(
      fromSub(endpoint, { codec: text, topics: undefined, status: statuses }).pipe(take(2), toArray()),
    );
    await subscribed(pub);
    await pub.send('before');
    await closed(pub);
    await statuses.first('disconnected');
    const back = new XPublisher({ linger: 0 });
    await back.bind(endpoint);
    await subscribed(back);
    await back.send('after');
    expect(await received).toEqual(['before', 'after']);
    back.close();
  });

  it.each([
    [{ topics: ['a'] }, /'topics' needs a codec whose first part is the topic/],
    [{ codec: text, topics: ['a'] }, /'topics' needs a codec/],
    [{ codec: json(), topics: ['a'] }, /'topics' needs a codec/],
    [{ codec: raw, topics: [] }, /'topics' must be an array of at least one/],
    [{ codec: raw, topics: 'a' }, /'topics' must be an array/],
    [{ codec: raw, topics: [1] }, /'topics' must be an array/],
    [{ codec: raw, streamId: 1 }, /'streamId' is for Frames/],
    [{ streamId: -1 }, /'streamId' must be/],
    [{ streamId: 2 ** 32 }, /'streamId' must be/],
    [{ conflate: 'yes' }, /'conflate' must be a boolean, got 'yes'/],
  ])('refuses %j', (options, text_) => {
    expect(() => fromSub('tcp://127.0.0.1:5555', options as never)).toThrow(
      expect.objectContaining({ code: 'ERR_OPTION' }),
    );
    expect(() => fromSub('tcp://127.0.0.1:5555', options as never)).toThrow(text_);
  });
});
