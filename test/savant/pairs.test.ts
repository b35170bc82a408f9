import { filter, firstValueFrom, of, Subject } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { type Outgoing, toWriter } from '../../src/savant/index.js';
import { collect } from '../helpers/collect.js';
import { anyPort, brief, bytes, data, end, pairs, reading, Told } from './sockets.js';

const isProbe = ({ message: { payload } }: Outgoing): boolean => 'sourceId' in payload && payload.sourceId === 'probe';

const drivers = ['engine', 'native'] as const;
const sides = ['reader', 'writer'] as const;
const each = drivers.flatMap((driver) =>
  pairs.flatMap(([writer, reader]) => sides.map((binds) => ({ driver, writer, reader, binds }))),
);

describe.each(each)('$writer to $reader on $driver, the $binds binds', ({ driver, writer, reader, binds }) => {
  it('messages arrive as they were sent, with data, and the end of the stream', async () => {
    const input = new Subject<Outgoing>();
    const writerStatus = new Told();
    const options = { driver, status: writerStatus };
    let read, written;
    if (binds === 'reader') {
      read = reading(`${reader}+bind:${anyPort}`, { driver });
      written = collect(input.pipe(toWriter(`${writer}+connect:${await read.told.endpoint()}`, options)));
    } else {
      written = collect(input.pipe(toWriter(`${writer}+bind:${anyPort}`, options)));
      read = reading(`${reader}+connect:${await writerStatus.endpoint()}`, { driver });
    }
    if (writer !== 'pub') await writerStatus.nth('connected');
    else if (driver === 'engine') await writerStatus.nth('subscribed');
    // libzmq does not tell of subscriptions: what arrives says that there is one
    while (writer === 'pub' && driver === 'native' && read.values.length === 0) {
      input.next({ message: data('probe') });
      await new Promise(setImmediate);
    }

    input.next({ message: data('cam-1'), data: bytes('pixels') });
    input.next({
      message: data('cam-1'),
      topic: 'topic',
      data: [bytes('a'), bytes(''), new Uint8Array(100_000).fill(7)],
    });
    input.next({ message: data('cam-2'), topic: bytes('topic') });
    input.next({ message: end('cam-1') });
    input.complete();

    await firstValueFrom(read.arrived.pipe(filter((result) => brief(result).startsWith('endOfStream'))));
    const results = read.values.filter((result) => !brief(result).includes('probe'));
    expect(results.map(brief)).toEqual([
      'userData cam-1 1',
      'userData cam-1 2',
      'userData cam-2 1',
      'endOfStream cam-1 3',
    ]);
    expect(results[0]).toMatchObject({ topic: bytes('cam-1'), data: [bytes('pixels')] });
    expect(results[1]).toMatchObject({ topic: bytes('topic'), data: [bytes('a'), bytes(''), { length: 100_000 }] });
    expect(results[2]).toMatchObject({ topic: bytes('topic'), data: [] });
    const routingId = reader === 'router' ? (expect.any(Uint8Array) as Uint8Array) : undefined;
    for (const result of results) expect(result).toMatchObject({ routingId });

    await written.completed;
    const outcomes = written.values.filter(({ outgoing }) => !isProbe(outgoing));
    const ack = { kind: 'ack', sendRetriesSpent: 0, receiveRetriesSpent: 0 };
    const success = { kind: 'success', retriesSpent: 0 };
    const usual = writer === 'req' ? ack : success;
    expect(outcomes).toMatchObject([usual, usual, usual, writer === 'pub' ? success : ack]);
    expect(outcomes.map(({ outgoing }) => outgoing.message.payload.kind)).toEqual([
      'userData',
      'userData',
      'userData',
      'endOfStream',
    ]);
    expect(read.told.all.filter((status) => status.kind === 'sequenceGap' && status.sourceId !== 'probe')).toEqual([]);
    const systems = new Set(results.map((result) => result.kind === 'message' && result.message.systemId));
    expect([...systems]).toEqual([
      expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/),
    ]);
  });
});

describe.each(drivers)('on %s', (driver) => {
  it('a message of another version is one mismatch, then blacklisted; REP answers all of it', async () => {
    const read = reading(`rep+bind:${anyPort}`, { driver });
    const url = `req+connect:${await read.told.endpoint()}`;
    const old = of({ message: data('cam-1') }, { message: end('cam-1') }, { message: data('cam-2') });
    const written = collect(old.pipe(toWriter(url, { driver, protocolVersion: '0.3.0' })));
    await written.completed;
    expect(written.values.map(({ kind }) => kind)).toEqual(['ack', 'ack', 'ack']);
    expect(read.values).toMatchObject([
      { kind: 'versionMismatch', senderVersion: '0.3.0', expectedVersions: ['0.2.0', '1.15.1'], topic: bytes('cam-1') },
      { kind: 'blacklisted', topic: bytes('cam-1') },
      { kind: 'versionMismatch', topic: bytes('cam-2') },
    ]);
  });

  it('a reader takes the versions of both releases that it was proved against, or those of its option', async () => {
    for (const [options, version, kind] of [
      [{}, '0.2.0', 'message'],
      [{}, '1.15.1', 'message'],
      [{ protocolVersion: '1.15.1' }, '0.2.0', 'versionMismatch'],
      [{ protocolVersion: ['0.2.0', '7'] }, '7', 'message'],
    ] as const) {
      const read = reading(`router+bind:${anyPort}`, { driver, ...options });
      const url = `dealer+connect:${await read.told.endpoint()}`;
      await collect(of({ message: data('cam-1') }).pipe(toWriter(url, { driver, protocolVersion: version }))).completed;
      expect(await read.first(1)).toMatchObject([{ kind }]);
    }
  });

  it("with 'any' version a writer sends what messages say, and a reader takes it", async () => {
    const read = reading(`router+bind:${anyPort}`, { driver, protocolVersion: 'any' });
    const url = `dealer+connect:${await read.told.endpoint()}`;
    const message = { ...data('cam-1'), protocolVersion: '7' };
    await collect(of({ message }).pipe(toWriter(url, { driver, protocolVersion: 'any' }))).completed;
    expect(await read.first(1)).toMatchObject([{ kind: 'message', message: { protocolVersion: '7' } }]);
  });

  it('topics that are not let through are told, the end of their stream is a message', async () => {
    const read = reading(`router+bind:${anyPort}`, { driver, topicPrefixSpec: 'source{fo}' });
    const url = `dealer+connect:${await read.told.endpoint()}`;
    const topics = of(
      { message: data('test') },
      { message: data('test2') },
      { message: data('fo') },
      { message: end('test') },
    );
    await collect(topics.pipe(toWriter(url, { driver }))).completed;
    expect((await read.first(4)).map(brief)).toEqual([
      'prefixMismatch',
      'prefixMismatch',
      'userData fo 1',
      'endOfStream test 2',
    ]);
  });

  it('a DEALER that is bound and has no peer gives a message up in time', async () => {
    const url = `dealer+bind:${anyPort}`;
    const options = { driver, sendTimeoutMs: 50, sendRetries: 1 };
    const written = collect(of({ message: data('cam-1') }).pipe(toWriter(url, options)));
    await written.completed;
    expect(written.values).toMatchObject([{ kind: 'sendTimeout', outgoing: { message: data('cam-1') } }]);
    const [{ timeoutMs }] = written.values as unknown as [{ timeoutMs: number }];
    expect(timeoutMs).toBeGreaterThan(99);
    expect(timeoutMs).toBeLessThan(5000);
  });

  it('says each time that nothing came, to those who ask', async () => {
    const read = reading(`sub+bind:${anyPort}`, { driver, emitTimeouts: true, receiveTimeoutMs: 30 });
    expect(await read.first(3)).toEqual([{ kind: 'timeout' }, { kind: 'timeout' }, { kind: 'timeout' }]);
  });
});
