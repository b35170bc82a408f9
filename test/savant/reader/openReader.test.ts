import { openSocket } from 'rxzmq';
import { describe, expect, it } from 'vitest';
import { encodeMessage, openReader, type ReaderStatus } from '../../../src/savant/index.js';
import { anyPort, brief, bytes, data, started, startedWriter } from '../sockets.js';

const stateError = { code: 'ERR_SOCKET' };

describe('state', () => {
  it.each([
    ['reads ahead', { resultsQueueSize: 3 }, true],
    ['does not', {}, false],
  ])('of one that %s', async (_, options, staysStarted) => {
    const reader = openReader(`router+bind:${anyPort}`, options);
    expect([reader.isStarted(), reader.isShutdown(), reader.enqueuedResults()]).toEqual([false, false, 0]);
    await expect(reader.receive()).rejects.toMatchObject(stateError);
    expect(() => reader.tryReceive()).toThrow(expect.objectContaining(stateError));
    await expect(reader.shutdown()).rejects.toMatchObject(stateError);

    expect(await reader.start()).toMatch(/^tcp:\/\/127\.0\.0\.1:\d+$/);
    expect([reader.isStarted(), reader.isShutdown()]).toEqual([true, false]);
    await expect(reader.start()).rejects.toThrow('the reader is started already');
    expect(reader.tryReceive()).toBeUndefined();

    await reader.shutdown();
    expect([reader.isStarted(), reader.isShutdown(), reader.enqueuedResults()]).toEqual([staysStarted, true, 0]);
    await expect(reader.shutdown()).rejects.toThrow('the reader was shut down');
    await expect(reader.receive()).rejects.toThrow('the reader was shut down');
    expect(() => reader.tryReceive()).toThrow('the reader was shut down');
  });

  it('one that reads ahead cannot be started again', async () => {
    const [reader] = await started(`router+bind:${anyPort}`, { resultsQueueSize: 1 });
    await reader.shutdown();
    await expect(reader.start()).rejects.toThrow('cannot be started again');
  });

  it('another can, on the same port at once', async () => {
    const [reader, endpoint] = await started(`router+bind:${anyPort}`);
    await reader.shutdown();
    const [again] = await started(`router+bind:${endpoint}`);
    await again.shutdown();
    await again.start();
    await again.shutdown();
    expect(again.isStarted()).toBe(false);
  });

  it('a start in vain can be tried again', async () => {
    const [taken, endpoint] = await started(`router+bind:${anyPort}`);
    const [reader] = [openReader(`router+bind:${endpoint}`, { resultsQueueSize: 1 })];
    await expect(reader.start()).rejects.toMatchObject({ code: 'ERR_SOCKET', operation: 'bind' });
    expect(reader.isStarted()).toBe(false);
    await taken.shutdown();
    expect(await reader.start()).toBe(endpoint);
    await reader.shutdown();
  });

  it('a shutdown ends what waits', async () => {
    const reader = openReader(`router+bind:${anyPort}`);
    await reader.start();
    const waiting = expect(reader.receive()).rejects.toThrow('the reader was shut down');
    await reader.shutdown();
    await waiting;
  });

  it('a shutdown ends a start', async () => {
    const reader = openReader(`router+bind:${anyPort}`, { resultsQueueSize: 1 });
    const starting = expect(reader.start()).rejects.toThrow('the reader was shut down');
    await reader.shutdown();
    await starting;
    expect(reader.isShutdown()).toBe(true);
  });

  it('started and shut down at once, with timeouts of 1 ms', async () => {
    const reader = openReader(`router+bind:${anyPort}`, { resultsQueueSize: 1, receiveTimeoutMs: 1 });
    await reader.start();
    await reader.shutdown();
  });
});

describe('timeouts', () => {
  it('are read ahead, as many as there are places', async () => {
    const options = { resultsQueueSize: 3, receiveTimeoutMs: 10 };
    const [reader] = await started('sub+connect:tcp://127.0.0.1:1', options);
    await new Promise<void>((resolve) => {
      const check = (): unknown => (reader.enqueuedResults() === 3 ? resolve() : setTimeout(check, 5));
      check();
    });
    await new Promise((resolve) => setTimeout(resolve, 40)); // there is no fourth
    expect(reader.enqueuedResults()).toBe(3);
    for (let i = 0; i < 3; i += 1) expect(reader.tryReceive()).toEqual({ kind: 'timeout' });
    await reader.shutdown();
  });

  it('come to whoever waits, after as long', async () => {
    const [reader] = await started('sub+connect:tcp://127.0.0.1:1', { receiveTimeoutMs: 100 });
    const before = performance.now();
    expect(await reader.receive()).toEqual({ kind: 'timeout' });
    expect(performance.now() - before).toBeGreaterThan(99);
    const again = performance.now();
    expect(await reader.receive()).toEqual({ kind: 'timeout' });
    expect(performance.now() - again).toBeGreaterThan(99);
  });

  it('a signal ends the wait before', async () => {
    const [reader] = await started('sub+connect:tcp://127.0.0.1:1');
    const reason = new Error('enough');
    const controller = new AbortController();
    const waiting = expect(reader.receive({ signal: controller.signal })).rejects.toBe(reason);
    controller.abort(reason);
    await waiting;
    await expect(reader.receive({ signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
  });
});

describe('messages', () => {
  it('are read when they are asked for', async () => {
    const [reader, endpoint] = await started(`router+bind:${anyPort}`);
    const [writer] = await startedWriter(`dealer+connect:${endpoint}`);
    for (const source of ['a', 'b', 'c']) writer.send(source, data(source), bytes('x'));
    expect(brief(await reader.receive())).toBe('userData a 1');
    const both = await Promise.all([reader.receive(), reader.receive()]);
    expect(both.map(brief)).toEqual(['userData b 1', 'userData c 1']);
    expect(reader.enqueuedResults()).toBe(0);
    const ended = writer.sendEos('a');
    let result;
    while ((result = reader.tryReceive()) === undefined) await new Promise(setImmediate);
    expect(brief(result)).toBe('endOfStream a 2');
    expect(await ended.get()).toMatchObject({ kind: 'ack' });
  });

  it('are read ahead, up to the places there are', async () => {
    const [reader, endpoint] = await started(`rep+bind:${anyPort}`, { resultsQueueSize: 2 });
    const [writer] = await startedWriter(`req+connect:${endpoint}`, { maxInflightMessages: 10 });
    const operations = ['a', 'b', 'c'].map((source) => writer.send(source, data(source)));
    expect(await operations[0]!.get()).toMatchObject({ kind: 'ack' });
    expect(await operations[1]!.get()).toMatchObject({ kind: 'ack' });
    expect(reader.enqueuedResults()).toBe(2);
    expect(operations[2]!.tryGet()).toBeUndefined(); // it is not read, so it is not answered
    expect(brief(await reader.receive())).toBe('userData a 1');
    expect(await operations[2]!.get()).toMatchObject({ kind: 'ack' });
    expect(brief(reader.tryReceive()!)).toBe('userData b 1');
    expect(brief(reader.tryReceive()!)).toBe('userData c 1');
    expect(reader.tryReceive()).toBeUndefined();
  });

  it.each([{}, { resultsQueueSize: 5 }])(
    'one that is broken is an error, and the next one comes: %j',
    async (options) => {
      const { Dealer } = await import('zeromq');
      const [reader, endpoint] = await started(`router+bind:${anyPort}`, options);
      const dealer = new Dealer({ linger: 0 });
      dealer.connect(endpoint);
      await dealer.send(['topic', Uint8Array.of(255)]);
      await expect(reader.receive()).rejects.toMatchObject({ code: 'ERR_MESSAGE' });
      await dealer.send(['topic']);
      expect(await reader.receive()).toMatchObject({ kind: 'tooShort' });
      dealer.close();
    },
  );

  it('come in order, also to an observer that is told of a gap and asks for the next', async () => {
    const inside: unknown[] = [];
    const status = ({ kind }: ReaderStatus) => kind === 'sequenceGap' && inside.push(reader.tryReceive());
    const [reader, endpoint] = await started(`router+bind:${anyPort}`, { driver: 'engine', status });
    const dealer = openSocket('dealer', { driver: 'engine' }).connect(endpoint);
    const send = (seqId: bigint) => dealer.send(['a', encodeMessage({ ...data('a'), seqId })]);
    void send(1n);
    expect(brief(await reader.receive())).toBe('userData a 1');
    await Promise.all([send(3n), send(4n)]); // both arrive at once
    expect(brief(await reader.receive())).toBe('userData a 3');
    expect(brief(await reader.receive())).toBe('userData a 4');
    expect(inside).toEqual([undefined]);
    await dealer.close();
  });

  it('of a blacklisted topic are not decoded', async () => {
    const [reader, endpoint] = await started(`rep+bind:${anyPort}`, { sourceBlacklistTtlMs: 60_000 });
    reader.blacklistSource('a');
    expect([reader.isBlacklisted('a'), reader.isBlacklisted(bytes('a')), reader.isBlacklisted('b')]).toEqual([
      true,
      true,
      false,
    ]);
    const [writer] = await startedWriter(`req+connect:${endpoint}`);
    const operation = writer.send('a', data('a'));
    expect(await reader.receive()).toEqual({ kind: 'blacklisted', topic: bytes('a') });
    expect(await operation.get()).toMatchObject({ kind: 'ack' });
    expect(() => reader.blacklistSource(5 as any)).toThrow('topic must be a text or a Uint8Array');
  });
});
