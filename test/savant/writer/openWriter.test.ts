import { describe, expect, it } from 'vitest';
import { message, openWriter, userData } from '../../../src/savant/index.js';
import { anyPort, brief, bytes, data, end, started, startedWriter } from '../sockets.js';

it('keeps the rules of its states', async () => {
  for (const [options, staysStarted] of [
    [{ maxInflightMessages: 2 }, true],
    [{}, false],
  ] as const) {
    const writer = openWriter(`dealer+bind:${anyPort}`, options);
    expect([writer.isStarted(), writer.isShutdown(), writer.inflightMessages(), writer.hasCapacity()]).toEqual([
      false,
      false,
      0,
      false,
    ]);
    expect(() => writer.send('a', data('a'))).toThrow('the writer is not started');
    expect(() => writer.sendEos('a')).toThrow('the writer is not started');
    await expect(writer.shutdown()).rejects.toMatchObject({ code: 'ERR_SOCKET' });
    await writer.start();
    expect([writer.isStarted(), writer.hasCapacity()]).toEqual([true, true]);
    await expect(writer.start()).rejects.toThrow('is started already');
    await writer.shutdown();
    expect([writer.isStarted(), writer.isShutdown(), writer.hasCapacity()]).toEqual([staysStarted, true, false]);
    expect(() => writer.send('a', data('a'))).toThrow('the writer was shut down');
    await expect(writer.shutdown()).rejects.toThrow('the writer was shut down');
    if (staysStarted) await expect(writer.start()).rejects.toThrow('cannot be started again');
  }
});

it('gives each result once', async () => {
  const [reader, endpoint] = await started(`rep+bind:${anyPort}`, { resultsQueueSize: 1 });
  const [writer] = await startedWriter(`req+connect:${endpoint}`, { maxInflightMessages: 1 });
  const operation = writer.send('a', data('a'), bytes('x'));
  expect(operation.tryGet()).toBeUndefined();
  expect(await operation.get()).toMatchObject({ kind: 'ack', sendRetriesSpent: 0, receiveRetriesSpent: 0 });
  expect(() => operation.tryGet()).toThrow('was already taken');
  await expect(operation.get()).rejects.toThrow('was already taken');
  expect(await reader.receive()).toMatchObject({ kind: 'message', data: [bytes('x')] });
  const twice = writer.send('a', data('a'));
  const results = await Promise.allSettled([twice.get(), twice.get()]);
  expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
});

it('says how many wait, and drops them when it is shut down, but for the one that is being sent', async () => {
  const options = { maxInflightMessages: 2, sendTimeoutMs: 50, sendRetries: 0 };
  const [writer] = await startedWriter(`dealer+bind:${anyPort}`, options); // nobody is there
  const operations = ['a', 'b', 'c', 'd'].map((source) => writer.send(source, data(source)));
  expect([writer.inflightMessages(), writer.hasCapacity()]).toEqual([3, false]);
  await operations[2]!.enqueued;
  let isPlaced = false;
  void operations[3]!.enqueued.then(() => (isPlaced = true));
  const dropped = operations.slice(1).map((operation) => expect(operation.get()).rejects.toThrow('was shut down'));
  const first = operations[0]!.get();
  expect(isPlaced).toBe(false);
  await writer.shutdown();
  await Promise.all(dropped);
  expect(await first).toMatchObject({ kind: 'sendTimeout' });
  expect(writer.inflightMessages()).toBe(0);
});

it('places the next one as the first goes', async () => {
  const options = { maxInflightMessages: 1, sendTimeoutMs: 30, sendRetries: 0 };
  const [writer] = await startedWriter(`dealer+bind:${anyPort}`, options);
  const operations = ['a', 'b', 'c'].map((source) => writer.send(source, data(source)));
  await operations[2]!.enqueued;
  expect(await operations[0]!.get()).toMatchObject({ kind: 'sendTimeout' });
  expect([writer.inflightMessages(), writer.hasCapacity()]).toEqual([1, false]);
});

it('a signal takes a message back that waits', async () => {
  const options = { maxInflightMessages: 5, sendTimeoutMs: 50, sendRetries: 0 };
  const [writer] = await startedWriter(`dealer+bind:${anyPort}`, options);
  const controller = new AbortController();
  const first = writer.send('a', data('a'));
  const second = writer.send('b', data('b'), undefined, { signal: controller.signal });
  const taken = expect(second.get()).rejects.toBe('no');
  controller.abort('no');
  await taken;
  expect(writer.inflightMessages()).toBe(0);
  expect(await first.get()).toMatchObject({ kind: 'sendTimeout' });
});

it('a wrong answer to the end of a stream is an error, and it goes on', async () => {
  const { Router } = await import('zeromq');
  const router = new Router({ linger: 0 });
  await router.bind('tcp://127.0.0.1:*');
  const [writer] = await startedWriter(`dealer+connect:${router.lastEndpoint!}`);
  const operation = writer.sendEos('a', 'topic');
  const [id, topic] = await router.receive();
  expect(String(topic)).toBe('topic');
  await router.send([id!, 'OK', 'x']);
  await expect(operation.get()).rejects.toMatchObject({ code: 'ERR_SOCKET', operation: 'receive' });
  const next = writer.sendEos('a');
  await router.receive();
  await router.send([id!, 'OK']);
  expect(await next.get()).toMatchObject({ kind: 'ack' });
  router.close();
});

it('a message that cannot be encoded is refused at the call, and takes no number', async () => {
  const [reader, endpoint] = await started(`router+bind:${anyPort}`);
  const [writer] = await startedWriter(`dealer+connect:${endpoint}`);
  const broken = message({ ...userData('a'), attributes: 5 as any });
  expect(() => writer.send('a', broken)).toThrow(expect.objectContaining({ code: 'ERR_MESSAGE' }));
  const operation = writer.send('a', end('a'));
  expect(brief(await reader.receive())).toBe('endOfStream a 1');
  expect(await operation.get()).toMatchObject({ kind: 'ack' });
});

describe.each(['engine', 'native'] as const)('one without a queue, on %s', (driver) => {
  const nobody = { driver, sendTimeoutMs: 50, sendRetries: 0 };

  it('that is started again while it is being shut down begins when that is over', async () => {
    const [first, endpoint] = await startedWriter(`dealer+bind:${anyPort}`, nobody);
    await first.shutdown();
    const [writer] = await startedWriter(`dealer+bind:${endpoint}`, nobody);
    const last = writer.send('a', data('a'));
    let isDown = false;
    const down = writer.shutdown().then(() => (isDown = true));
    const starting = writer.start().then((place) => [isDown, place]);
    await expect(writer.start()).rejects.toThrow('is started already');
    expect(writer.hasCapacity()).toBe(false);
    expect(() => writer.send('b', data('b'))).toThrow('the writer is still being shut down');
    expect(await last.get()).toMatchObject({ kind: 'sendTimeout' });
    expect(await starting).toEqual([true, endpoint]);
    await down;
    expect([writer.isStarted(), writer.isShutdown(), writer.hasCapacity()]).toEqual([true, false, true]);
    expect(await writer.send('c', data('c')).get()).toMatchObject({ kind: 'sendTimeout' });
    await writer.shutdown();
    expect(writer.isShutdown()).toBe(true);
  });

  it('that is shut down before it has begun again stays so, and can be started after that', async () => {
    const [writer] = await startedWriter(`dealer+bind:${anyPort}`, nobody);
    const last = writer.send('a', data('a'));
    const down = writer.shutdown();
    const inVain = expect(writer.start()).rejects.toThrow('the writer was shut down');
    const downAgain = writer.shutdown();
    expect(() => writer.send('b', data('b'))).toThrow('the writer was shut down');
    const starting = writer.start();
    expect(await last.get()).toMatchObject({ kind: 'sendTimeout' });
    await Promise.all([down, downAgain, inVain]);
    expect(await starting).toMatch(/^tcp:/);
    expect(await writer.send('c', data('c')).get()).toMatchObject({ kind: 'sendTimeout' });
  });
});

describe.each([{}, { maxInflightMessages: 3 }])('a shutdown ends a start: %j', (queue) => {
  it.each(['engine', 'native'] as const)('and all that is pending settles, on %s', async (driver) => {
    const options = { driver, sendTimeoutMs: 50, sendRetries: 0, ...queue };
    const writer = openWriter(`dealer+bind:${anyPort}`, options);
    const starting = expect(writer.start()).rejects.toThrow('the writer was shut down');
    const first = writer.send('a', data('a'));
    const dropped = expect(writer.send('b', data('b')).get()).rejects.toThrow('was shut down');
    const down = writer.shutdown();
    await Promise.all([starting, dropped]);
    expect(await first.get()).toMatchObject({ kind: 'sendTimeout' });
    await down;
    expect(writer.isShutdown()).toBe(true);
  });

  it('also if its endpoint is taken', async () => {
    const [, endpoint] = await started(`router+bind:${anyPort}`);
    const writer = openWriter(`dealer+bind:${endpoint}`, queue);
    const starting = expect(writer.start()).rejects.toThrow('the writer was shut down');
    const failing = expect(writer.send('a', data('a')).get()).rejects.toMatchObject({ operation: 'bind' });
    const down = writer.shutdown();
    await Promise.all([starting, failing, down]);
  });
});
