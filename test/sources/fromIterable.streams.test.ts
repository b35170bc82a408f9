import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { PassThrough, Readable } from 'node:stream';
import { toArray } from 'rxjs';
import { fromIterable } from 'rxzmq';
import { describe, expect, it, onTestFinished } from 'vitest';
import { collect } from '../helpers/collect.js';

const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** A web stream that gives some values and then nothing. */
function web(values: readonly number[], ends = false) {
  const log = { cancelled: 0 };
  const stream = new ReadableStream<number>({
    start(controller) {
      for (const value of values) controller.enqueue(value);
      if (ends) controller.close();
    },
    cancel: () => void (log.cancelled += 1),
  });
  return { stream, log };
}

describe('a stream that has nothing at the moment is closed by unsubscribing', () => {
  it.each([
    ['a PassThrough', () => new PassThrough()],
    ['a Readable of objects', () => new Readable({ objectMode: true, read: () => undefined })],
  ])('%s', async (_, make) => {
    const stream = make();
    const { unsubscribe } = collect(fromIterable(stream));
    await settled();
    unsubscribe();
    await once(stream, 'close');
    expect(stream.destroyed).toBe(true);
  });

  it('a socket', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    onTestFinished(() => void server.close());
    await once(server, 'listening');
    const { port } = server.address() as { port: number };
    const socket = connect(port, '127.0.0.1');
    await once(socket, 'connect');
    const { unsubscribe } = collect(fromIterable(socket));
    await settled();
    unsubscribe();
    await once(socket, 'close');
  });

  it('a web stream, whose lock is given back', async () => {
    const { stream, log } = web([1, 2]);
    const { values, first, unsubscribe } = collect(fromIterable(stream));
    await first(2);
    await settled();
    unsubscribe();
    await settled();
    expect([values, log.cancelled, stream.locked]).toEqual([[1, 2], 1, false]);
  });
});

it('a web stream that ends completes, and is not cancelled', async () => {
  const { stream, log } = web([1, 2, 3], true);
  expect(await collect(fromIterable(stream).pipe(toArray())).first(1)).toEqual([[1, 2, 3]]);
  await settled();
  expect([log.cancelled, stream.locked]).toEqual([0, false]);
});

it('a web stream that is in use already is an error notification', async () => {
  const { stream } = web([1]);
  stream.getReader();
  expect(await collect(fromIterable(stream)).error).toBeInstanceOf(TypeError);
});

it('unsubscribing while a value is handed on ends a stream as well', async () => {
  const stream = Readable.from([1, 2, 3]);
  const { first, unsubscribe } = collect(fromIterable(stream));
  await first(1);
  unsubscribe();
  await settled();
  expect(stream.destroyed).toBe(true);
});
