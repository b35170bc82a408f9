import { filter, firstValueFrom, map, take, toArray } from 'rxjs';
import { describe, expect, it } from 'vitest';
import type { WriteOperation } from '../../../src/savant/index.js';
import { anyPort, brief, bytes, data, pairs, reading, startedWriter, Told } from '../sockets.js';

const drivers = ['engine', 'native'] as const;
const kinds = ['blocking', 'with a queue'] as const;
const each = drivers.flatMap((driver) =>
  pairs.flatMap(([writer, reader]) => kinds.map((kind) => ({ driver, writer, reader, kind }))),
);

describe.each(each)('a $writer writer to a $reader reader, $kind, on $driver', ({ driver, writer, reader, kind }) => {
  const queue = kind === 'blocking' ? {} : { maxInflightMessages: 4 };

  async function connected(receiveTimeoutMs = 5000) {
    const told = new Told();
    const options = { driver, status: told, receiveTimeoutMs, receiveRetries: 0, ...queue };
    const [handle, endpoint] = await startedWriter(`${writer}+bind:${anyPort}`, options);
    const read = reading(`${reader}+connect:${endpoint}`, { driver });
    if (writer !== 'pub') await told.nth('connected');
    else if (driver === 'engine') await told.nth('subscribed');
    // libzmq does not tell of subscriptions: what arrives says that there is one
    while (writer === 'pub' && driver === 'native' && read.values.length === 0) {
      await handle.send('probe', data('probe')).get();
      await new Promise(setImmediate);
    }
    return { handle, read };
  }
  const outcome = async (operation: WriteOperation) => (await operation.get()).kind;

  it('sends a message, the end of its stream, and the next one, then shuts down', async () => {
    const { handle, read } = await connected();
    expect([handle.isStarted(), handle.isShutdown(), handle.hasCapacity(), handle.inflightMessages()]).toEqual([
      true,
      false,
      true,
      0,
    ]);
    const isAnswered = writer === 'req';
    expect(await outcome(handle.send('cam', data('cam'), bytes('pixels')))).toBe(isAnswered ? 'ack' : 'success');
    expect(await outcome(handle.sendEos('cam'))).toBe(writer === 'pub' ? 'success' : 'ack');
    expect(await outcome(handle.sendEos('cam', 'topic'))).toBe(writer === 'pub' ? 'success' : 'ack');
    const operation = handle.send('cam', data('cam'));
    await operation.enqueued;
    expect(await outcome(operation)).toBe(isAnswered ? 'ack' : 'success');
    const real = read.arrived.pipe(
      map(brief),
      filter((text) => !text.includes('probe')),
      take(4),
      toArray(),
    );
    expect(await firstValueFrom(real)).toEqual([
      'userData cam 1',
      'endOfStream cam 2',
      'endOfStream cam 1',
      'userData cam 1',
    ]);
    await handle.shutdown();
    expect([handle.isShutdown(), handle.hasCapacity()]).toEqual([true, false]);
    expect(() => handle.sendEos('cam')).toThrow('was shut down');
  });

  it('ends the streams of many cameras, each of which is answered', async () => {
    const { handle } = await connected();
    const kindsOf = [];
    for (let i = 0; i < 200; i += 1) kindsOf.push(await outcome(handle.sendEos(`cam-${i}`)));
    expect([...new Set(kindsOf)]).toEqual([writer === 'pub' ? 'success' : 'ack']);
  });
});
