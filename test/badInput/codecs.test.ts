import { concat, NEVER, of, Subject } from 'rxjs';
import {
  type Codec,
  CodecError,
  fromPull,
  fromSub,
  json,
  reply,
  request,
  requester,
  text,
  toPub,
  topic,
  toPush,
} from 'rxzmq';
import { describe, expect, it } from 'vitest';
import { Dealer, Pull, Push, Router, XPublisher } from 'zeromq';
import { collect } from '../helpers/collect.js';
import { heardWarnings } from '../helpers/heardWarnings.js';
import { boundPeer, connectedPeer } from '../helpers/peers.js';
import { Statuses } from '../helpers/Statuses.js';

const delimiter = new Uint8Array();
const refusal = new Error('refused');

/** Text, but for what begins with 'bad', which is thrown at. */
const codecThat = (throws: () => never): Codec<string> => ({
  encode: (value) => (value.startsWith('bad') ? throws() : text.encode(value)),
  decode: (parts) =>
    String(parts[0]).length > 0 && text.decode(parts).startsWith('bad') ? throws() : text.decode(parts),
});
const throwing = (thrown: unknown) => (): never => {
  throw thrown;
};
const picky = codecThat(throwing(refusal));

describe('a decode that throws makes its message an invalid one, and the stream goes on', () => {
  it.each<[string, unknown, string]>([
    ['an Error', refusal, 'refused'],
    ['a string', 'refused', 'refused'],
    ['nothing', undefined, 'undefined'],
    ['a symbol', Symbol('refused'), 'Symbol(refused)'],
    [
      'an error of Node with a code of its own',
      Object.assign(new RangeError('refused'), { code: 'ERR_OUT_OF_RANGE' }),
      'refused',
    ],
    ['an object that cannot be said', Object.create(null), ''],
  ])('%s', async (_, thrown, reason) => {
    const { socket, endpoint } = await boundPeer(new Push());
    const [statuses, warnings] = [new Statuses(), heardWarnings()];
    const received = collect(fromPull(endpoint, { codec: codecThat(throwing(thrown)), status: statuses }));
    for (const line of ['a', 'bad', 'b', 'bad', 'c']) await socket.send(line);
    expect(await received.first(3)).toEqual(['a', 'b', 'c']);
    const { error } = await statuses.nth('invalid', 2);
    expect(error).toBeInstanceOf(CodecError);
    expect(error).toMatchObject({ name: 'CodecError', code: 'ERR_CODEC', cause: thrown });
    expect(error.message).toContain(reason);
    expect(received.open).toBe(true);
    await warnings.settled();
    expect(warnings.texts).toHaveLength(1);
  });

  it('as it is, where it is one of ours', async () => {
    const { socket, endpoint } = await boundPeer(new Push());
    const own = new CodecError('not mine');
    const [statuses, warnings] = [new Statuses(), heardWarnings()];
    collect(fromPull(endpoint, { codec: codecThat(throwing(own)), status: statuses }));
    await socket.send('bad');
    expect((await statuses.first('invalid')).error).toBe(own);
    await warnings.settled();
  });

  it("ends it with onInvalid: 'error', the codec's own error in cause", async () => {
    const { socket, endpoint } = await boundPeer(new Push());
    const received = collect(fromPull(endpoint, { codec: picky, onInvalid: 'error' }));
    await socket.send('bad');
    expect(await received.error).toMatchObject({
      code: 'ERR_CODEC',
      message: `fromPull ${endpoint}: refused`,
      cause: refusal,
    });
  });

  it.each([
    ['text', text, [Buffer.from([0xff])], 'text: the message is not valid UTF-8: ff', Buffer.from('fine'), 'fine'],
    ['text of two parts', text, ['a', 'b'], 'text: a message must have 1 part, this one has 2', 'fine', 'fine'],
    ['json', json(), ['{"a":'], 'json: the message is not JSON: ', '{"a":1}', { a: 1 }],
    [
      'json with validate',
      json((value) => Number.parseInt(value as never)),
      ['1', '2'],
      'json: a message must have 1 part, this one has 2',
      '5',
      5,
    ],
    [
      'topic',
      topic(json()),
      [''],
      'json: a message must have 1 part, this one has 0',
      ['t', '1'],
      { topic: 't', value: 1 },
    ],
  ] as [string, Codec<unknown>, (string | Buffer)[], string, string | string[], unknown][])(
    'in %s, by fromSub',
    async (_, codec, bad, reason, fine, value) => {
      const { socket, endpoint } = await boundPeer(new XPublisher());
      const [statuses, warnings] = [new Statuses(), heardWarnings()];
      const received = collect(fromSub(endpoint, { codec, status: statuses }));
      await socket.receive();
      await socket.send(bad);
      await socket.send(fine);
      expect(await received.first(1)).toEqual([value]);
      const invalid = await statuses.first('invalid');
      expect(invalid.error).toMatchObject({ code: 'ERR_CODEC' });
      expect(invalid.reason).toContain(reason);
      await warnings.settled();
      expect(warnings.texts).toHaveLength(1);
    },
  );

  it('what validate threw is in cause', async () => {
    const { socket, endpoint } = await boundPeer(new Push());
    const [statuses, warnings] = [new Statuses(), heardWarnings()];
    const received = collect(fromPull(endpoint, { codec: json(throwing(refusal)), status: statuses }));
    await socket.send('1');
    expect(await statuses.first('invalid')).toMatchObject({
      reason: 'json: validate refused the message: refused',
      error: { cause: refusal },
    });
    expect(received.open).toBe(true);
    await warnings.settled();
  });

  it('in reply, and the next request is served', async () => {
    const [statuses, warnings] = [new Statuses(), heardWarnings()];
    collect(reply('tcp://127.0.0.1:*', (asked) => asked, { codec: picky, status: statuses }));
    const dealer = connectedPeer(new Dealer(), await statuses.endpoint());
    for (const asked of ['bad', 'fine']) await dealer.send([delimiter, asked]);
    expect(String((await dealer.receive())[1])).toBe('fine');
    expect(await statuses.first('invalid')).toMatchObject({ reason: 'refused', error: { code: 'ERR_CODEC' } });
    await warnings.settled();
    expect(warnings.texts).toHaveLength(1);
  });

  it('in request, which waits for a better reply', async () => {
    const { socket, endpoint } = await boundPeer(new Router());
    const [statuses, warnings] = [new Statuses(), heardWarnings()];
    const asked = collect(of('a').pipe(request(endpoint, { correlate: true, codec: picky, status: statuses })));
    const [peer, id] = (await socket.receive()) as [Buffer, Buffer];
    for (const answer of ['bad', 'fine']) await socket.send([peer, id, delimiter, answer]);
    await asked.completed;
    expect(asked.values).toEqual(['fine']);
    expect(await statuses.first('invalid')).toMatchObject({ reason: 'refused', count: 1 });
    await warnings.settled();
  });
});

describe('an encode that throws', () => {
  it('ends toPush with what it threw; what came before arrives', async () => {
    const { socket, endpoint } = await boundPeer(new Pull());
    const input = new Subject<string>();
    const sent = collect(input.pipe(toPush(endpoint, { bind: false, codec: picky })));
    input.next('a');
    await sent.first(1);
    input.next('bad');
    expect(await sent.error).toBe(refusal);
    expect(input.observed).toBe(false);
    expect(String(await socket.receive())).toBe('a');
  });

  it('ends toPub and request', async () => {
    expect(await collect(of('bad').pipe(toPub('tcp://127.0.0.1:*', { codec: picky }))).error).toBe(refusal);
    expect(await collect(of('bad').pipe(request('tcp://127.0.0.1:1', { codec: picky }))).error).toBe(refusal);
  });

  it('ends its own request of a requester, and no other', async () => {
    const { socket, endpoint } = await boundPeer(new Router());
    const handle = requester(endpoint, { codec: picky });
    const waiting = collect(handle.request('a'));
    expect(await collect(handle.request('bad')).error).toBe(refusal);
    const [peer, id] = (await socket.receive()) as [Buffer, Buffer];
    await socket.send([peer, id, delimiter, 'A']);
    expect(await waiting.first(1)).toEqual(['A']);
    await handle.close();
  });

  it('costs a reply, and the next one goes out', async () => {
    const [statuses, warnings] = [new Statuses(), heardWarnings()];
    const handler = (asked: string) => (asked === 'a' ? 'bad' : asked);
    collect(reply('tcp://127.0.0.1:*', handler, { codec: picky, status: statuses }));
    const endpoint = await statuses.endpoint();
    const dealer = connectedPeer(new Dealer(), endpoint);
    for (const asked of ['a', 'b']) await dealer.send([delimiter, asked]);
    expect(String((await dealer.receive())[1])).toBe('b');
    expect(await statuses.first('dropped')).toMatchObject({
      count: 1,
      reason: 'the reply cannot be encoded: refused',
      error: refusal,
    });
    await warnings.settled();
    expect(warnings.texts).toHaveLength(1);
  });

  it('where prepare throws, the same', async () => {
    const codec: Codec<string> = { ...text, prepare: throwing(refusal) };
    expect(await collect(of('a').pipe(toPush('tcp://127.0.0.1:*', { codec }))).error).toBe(refusal);
  });
});

describe('an encode that gives no message', () => {
  it.each<[string, unknown]>([
    ['nothing', undefined],
    ['no parts', []],
    ['bytes that are in no array', new Uint8Array([1, 2, 3])],
    ['a string', 'abc'],
    ['parts that are no bytes', [5]],
  ])(
    '%s, ends the sink with an error',
    async (_, parts) => {
      const { endpoint } = await boundPeer(new Pull());
      const codec = { ...text, encode: () => parts } as unknown as Codec<string>;
      const sent = collect(concat(of('a'), NEVER).pipe(toPush(endpoint, { bind: false, codec })));
      expect(await sent.error).toBeInstanceOf(Error);
      expect(sent.values).toEqual([]);
    },
    3000,
  );
});
