import { Readable, Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { ReadableStream, WritableStream } from 'node:stream/web';
import { of, firstValueFrom, toArray } from 'rxjs';
import { fromIterable, iterate } from 'rxzmq';
import { expect, it } from 'vitest';

// Each row of the page on streams, both ways.
const source$ = of(1, 2, 3);
const all = [1, 2, 3];

async function read(stream: AsyncIterable<unknown>): Promise<unknown[]> {
  const values = [];
  for await (const value of stream) values.push(value);
  return values;
}

it('a Node Readable, and back', async () => {
  const readable = Readable.from(iterate(source$), { highWaterMark: 1 });
  expect(await firstValueFrom(fromIterable(readable).pipe(toArray()))).toEqual(all);
});

it('a web ReadableStream, and back', async () => {
  const stream = ReadableStream.from(iterate(source$));
  expect(await firstValueFrom(fromIterable(stream).pipe(toArray()))).toEqual(all);
});

it('a web ReadableStream, by way of a Node Readable', async () => {
  expect(await read(Readable.toWeb(Readable.from(iterate(source$), { highWaterMark: 1 })))).toEqual(all);
});

it('the body of a Response', async () => {
  const { body } = new Response('bytes');
  const chunks = await firstValueFrom(fromIterable<Uint8Array>(body!).pipe(toArray()));
  expect(Buffer.concat(chunks).toString()).toBe('bytes');
});

it('a Node Writable', async () => {
  const written: unknown[] = [];
  const writable = new Writable({
    objectMode: true,
    write(value, _encoding, done) {
      written.push(value);
      done();
    },
  });
  await pipeline(Readable.from(iterate(source$)), writable);
  expect(written).toEqual(all);
});

it('a web WritableStream', async () => {
  const written: unknown[] = [];
  await ReadableStream.from(iterate(source$)).pipeTo(
    new WritableStream({ write: (value) => void written.push(value) }),
  );
  expect(written).toEqual(all);
});
