import { asyncScheduler, map, of, Subject, take, tap } from 'rxjs';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { Router } from 'zeromq';
import { fromIterable } from '../../../src/sources/fromIterable.js';
import {
  decodeMessage,
  fromReader,
  type Outgoing,
  toWriter,
  type ToWriterOptions,
  type WriterResult,
} from '../../../src/savant/index.js';
import { collect } from '../../helpers/collect.js';
import { boundPeer, closed } from '../../helpers/peers.js';
import { anyPort, brief, bytes, data, end, reading, Told } from '../sockets.js';

/** Short waits, for answers that do not come. */
const impatient = { receiveTimeoutMs: 200, receiveRetries: 1 }; // answers must come within this on a slow machine

/** A writer that is fed by hand, and a raw ROUTER it is connected to. */
async function writing(type: 'dealer' | 'req', options: ToWriterOptions = {}) {
  const { socket, endpoint } = await boundPeer(new Router());
  const told = new Told();
  const input = new Subject<Outgoing>();
  const results = new Subject<WriterResult>();
  const writer = toWriter(`${type}+connect:${endpoint}`, { ...options, status: told });
  const written = collect(
    input.pipe(
      writer,
      tap((result) => results.next(result)),
    ),
  );
  await told.nth('connected');
  return { input, written, results, told, router: socket, endpoint };
}

const sequenceOf = (part: Uint8Array | undefined): bigint => decodeMessage(part!).seqId;

describe('REQ', () => {
  it('speaks as any REQ, goes on after an answer that does not come, and takes none that comes late', async () => {
    const { input, written, router, told } = await writing('req', impatient);
    input.next({ message: data('a'), data: bytes('pixels') });
    const [first, ...rest] = await router.receive();
    expect(rest.map(String)).toMatchObject(['', 'a', expect.anything(), 'pixels']);
    const [result] = await written.first(1);
    expect(result).toMatchObject({ kind: 'ackTimeout' });
    expect((result as { timeoutMs: number }).timeoutMs).toBeGreaterThan(399);

    input.next({ message: data('a') });
    const [id, number, delimiter] = await router.receive();
    expect(id).toEqual(first);
    expect(number).toHaveLength(4);
    expect(delimiter).toHaveLength(0);
    await router.send([id!, '', 'OK']); // the answer to the first
    await told.nth('dropped');
    expect(written.values).toHaveLength(1);
    await router.send([id!, number!, '', 'OK']);
    expect((await written.first(2))[1]).toMatchObject({ kind: 'ack', sendRetriesSpent: 0, receiveRetriesSpent: 0 });
  });

  it('takes any answer to a message, and only OK to the end of a stream', async () => {
    const { input, written, router, told } = await writing('req', impatient);
    input.next({ message: data('a') });
    const [id] = await router.receive();
    await router.send([id!, '', 'whatever']);
    expect(await written.first(1)).toMatchObject([{ kind: 'ack' }]);
    input.next({ message: end('a') });
    await router.receive();
    await router.send([id!, '', 'whatever']);
    expect(await told.nth('invalid')).toMatchObject({ count: 1, error: { code: 'ERR_SOCKET' } });
    expect((await written.first(2))[1]).toMatchObject({ kind: 'ackTimeout' });
  });

  it('counts the waits that were in vain', async () => {
    const { input, written, results, router } = await writing('req', { receiveTimeoutMs: 30, receiveRetries: 100 });
    const schedule = vi.spyOn(asyncScheduler, 'schedule');
    onTestFinished(() => schedule.mockRestore());
    const waits = (): number => schedule.mock.calls.filter(([, ms]) => ms === 30).length;
    let waitsAtResult = 0;
    input.next({ message: data('a') });
    results.subscribe(() => (waitsAtResult = waits()));
    const [id] = await router.receive();
    await vi.waitFor(() => expect(waits()).toBe(3), { interval: 1, timeout: 60_000 });
    await router.send([id!, '', 'OK']);
    const [result] = await written.first(1);
    const { receiveRetriesSpent, timeSpentMs } = result as { receiveRetriesSpent: number; timeSpentMs: number };
    expect(receiveRetriesSpent).toBe(waitsAtResult - 1);
    expect(timeSpentMs).toBeGreaterThan(30 * receiveRetriesSpent - 1);
  });

  it('works again once its reader is back', async () => {
    const first = reading(`rep+bind:${anyPort}`);
    const endpoint = await first.told.endpoint();
    const told = new Told();
    const input = new Subject<Outgoing>();
    const written = collect(input.pipe(toWriter(`req+connect:${endpoint}`, { ...impatient, status: told })));
    await told.nth('connected');
    input.next({ message: data('a') });
    expect(await written.first(1)).toMatchObject([{ kind: 'ack' }]);
    first.unsubscribe();
    await told.nth('disconnected');
    input.next({ message: data('a') });
    expect((await written.first(2))[1]).toMatchObject({ kind: 'ackTimeout' });

    const second = reading(`rep+bind:${endpoint}`);
    await told.nth('connected', 2);
    input.next({ message: data('a') });
    expect((await written.first(3))[2]).toMatchObject({ kind: 'ack' });
    expect((await second.first(2)).map(brief)).toEqual(['userData a 2', 'userData a 3']); // the first of them came late
  });
});

describe('DEALER, whose answers have no number', () => {
  it('does not take an answer that comes late for that to the next end of a stream', async () => {
    const { input, written, router, told } = await writing('dealer', impatient);
    input.next({ message: end('a') });
    const [id] = await router.receive();
    expect(await written.first(1)).toMatchObject([{ kind: 'ackTimeout' }]);
    input.next({ message: end('b') });
    await router.receive();
    await router.send([id!, 'OK']);
    await told.nth('dropped');
    expect(written.values).toHaveLength(1);
    await router.send([id!, 'OK']);
    expect((await written.first(2))[1]).toMatchObject({ kind: 'ack' });
  });

  it('nor one that comes before that', async () => {
    const { input, written, router, told } = await writing('dealer', impatient);
    input.next({ message: end('a') });
    const [id] = await router.receive();
    await written.first(1);
    await router.send([id!, 'OK']);
    await told.nth('dropped');
    input.next({ message: end('b') });
    await router.receive();
    expect(written.values).toHaveLength(1);
    await router.send([id!, 'OK']);
    expect((await written.first(2))[1]).toMatchObject({ kind: 'ack' });
  });

  it('an answer that was lost costs one more wait at the most', async () => {
    const { input, written, router } = await writing('dealer', impatient);
    input.next({ message: end('a') });
    const [id] = await router.receive();
    await written.first(1);
    for (const source of ['b', 'c']) {
      input.next({ message: end(source) });
      await router.receive();
      await router.send([id!, 'OK']);
      await written.first(source === 'b' ? 2 : 3);
    }
    expect(written.values.map(({ kind }) => kind)).toEqual(['ackTimeout', 'ackTimeout', 'ack']);
  });

  it.each([[['x', 'OK']], [['', 'OK']]])('takes %j as an answer', async (answer) => {
    const { input, written, router } = await writing('dealer');
    input.next({ message: end('a') });
    const [id] = await router.receive();
    await router.send([id!, ...answer]);
    expect(await written.first(1)).toMatchObject([{ kind: 'ack' }]);
  });

  it('tells of an answer that is none, and waits on', async () => {
    const { input, written, router, told } = await writing('dealer');
    input.next({ message: end('a') });
    const [id] = await router.receive();
    await router.send([id!, 'OK', 'x']);
    expect(await told.nth('invalid')).toMatchObject({ count: 1 });
    await router.send([id!, 'OK']);
    expect(await written.first(1)).toMatchObject([{ kind: 'ack' }]);
  });

  it('sends nothing while it waits for an answer, and all of it afterwards, in order', async () => {
    const { input, written, router } = await writing('dealer');
    input.next({ message: data('a') });
    input.next({ message: end('a') });
    const mutable = bytes('one');
    input.next({ message: data('a'), data: mutable });
    mutable.set(bytes('two'));
    input.next({ message: data('b') });
    input.complete();
    const [id, , message] = await router.receive();
    expect(sequenceOf(message)).toBe(1n);
    expect(sequenceOf((await router.receive())[2])).toBe(2n);
    expect(written.values).toMatchObject([{ kind: 'success' }]);
    await router.send([id!, 'OK']);
    const third = await router.receive();
    expect(sequenceOf(third[2])).toBe(1n); // a new stream
    expect(String(third[3])).toBe('one');
    expect(sequenceOf((await router.receive())[2])).toBe(1n);
    await written.completed;
    expect(written.values.map(({ kind }) => kind)).toEqual(['success', 'ack', 'success', 'success']);
  });
});

it('sets no timer for a message that nobody answers', async () => {
  const { input, written, router } = await writing('dealer');
  const schedule = vi.spyOn(asyncScheduler, 'schedule');
  for (let i = 0; i < 40; i += 1) input.next({ message: data('a') });
  await written.first(40);
  for (let i = 0; i < 40; i += 1) await router.receive();
  expect(schedule).not.toHaveBeenCalled();
  schedule.mockRestore();
});

it('a message that cannot be encoded, or has no topic, ends it with an error that names the field', async () => {
  const broken = { ...data('a'), payload: { kind: 'userData', sourceId: 5 } } as unknown as Outgoing['message'];
  const update = { ...data('a'), payload: { kind: 'unknown', message: 'x' } } as const;
  for (const [outgoing, expected] of [
    [
      { message: broken, topic: 'a' },
      { code: 'ERR_MESSAGE', path: 'payload.sourceId' },
    ],
    [{ message: update }, { code: 'ERR_OPTION', option: 'topic' }],
    [{}, { code: 'ERR_OPTION', option: 'message' }],
    [
      { message: data('a'), data: 'pixels' },
      { code: 'ERR_OPTION', option: 'data' },
    ],
  ] as const) {
    const written = collect(of(outgoing as unknown as Outgoing).pipe(toWriter(`dealer+bind:${anyPort}`)));
    expect(await written.error).toMatchObject(expected);
  }
});

it('completes with a DrainError where what it has is not taken', async () => {
  const { socket, endpoint } = await boundPeer(new Router());
  await closed(socket); // nobody is there any more
  const written = collect(of({ message: data('a') }).pipe(toWriter(`dealer+connect:${endpoint}`, { lingerMs: 50 })));
  expect(await written.error).toMatchObject({ code: 'ERR_DRAIN', lingerMs: 50, framesLeft: 1 });
  expect(written.values).toMatchObject([{ kind: 'success' }]);
});

it('holds its source back while its reader does not read, and loses nothing', async () => {
  const told = new Told();
  const pixels = new Uint8Array(100_000);
  let read = 0;
  function* messages(): Generator<Outgoing> {
    while (true) yield { message: data('a'), data: pixels, topic: String((read += 1)) };
  }
  const { socket, endpoint } = await boundPeer(new Router({ receiveHighWaterMark: 1 }));
  const stalled = new Promise<void>((resolve) => {
    const check = (before: number): void => {
      if (read > 0 && read === before) resolve();
      else setTimeout(check, 200, read);
    };
    check(-1);
  });
  const options = { status: told, sendHighWaterMark: 5, lingerMs: 5000 };
  const written = collect(fromIterable(messages()).pipe(take(1000), toWriter(`dealer+connect:${endpoint}`, options)));
  await stalled;
  expect(read).toBeLessThan(300); // what fits into marks and the kernel
  for (let i = 1; i <= 1000; i += 1) expect(String((await socket.receive())[1])).toBe(String(i));
  await written.completed;
  expect(written.values.every(({ kind }) => kind === 'success')).toBe(true);
});

it('a relay stops reading while what it feeds is stalled, and then passes all of it on', async () => {
  const told = new Told();
  const { socket, endpoint } = await boundPeer(new Router({ receiveHighWaterMark: 1 }));
  let relayed = 0;
  const relay = collect(
    fromReader(`router+bind:${anyPort}`, { status: told, receiveHighWaterMark: 5 }).pipe(
      tap(() => (relayed += 1)),
      map((result) => result as Outgoing & { kind: 'message' }),
      toWriter(`dealer+connect:${endpoint}`, { sendHighWaterMark: 5 }),
    ),
  );
  const source = await told.endpoint();
  const pixels = new Uint8Array(100_000);
  const input = fromIterable(
    Array.from({ length: 500 }, (_, i) => ({ message: data('a'), topic: String(i), data: pixels })),
  );
  const fed = collect(input.pipe(toWriter(`dealer+connect:${source}`, { sendHighWaterMark: 5, lingerMs: 10_000 })));
  await told.nth('stalled');
  expect(relayed).toBeLessThan(300);
  for (let i = 0; i < 500; i += 1) {
    const [, topic, message] = await socket.receive();
    expect([String(topic), sequenceOf(message)]).toEqual([String(i), BigInt(i + 1)]);
  }
  await fed.completed;
  relay.unsubscribe();
});
