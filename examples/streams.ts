// #region main
import { Readable, Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { firstValueFrom, take, toArray } from 'rxjs';
import { fromIterable, fromPull, iterate, text, toPush } from 'rxzmq';

// a stream into a socket: each value is read when the socket has room for it
const lines = Readable.from(['one', 'two', 'three']);
fromIterable(lines)
  .pipe(toPush('inproc://lines', { codec: text }))
  .subscribe();

// a socket into a stream: the next message is read when the stream asks for it
const received = fromPull('inproc://lines', { codec: text }).pipe(take(2));
const written: string[] = [];
const target = new Writable({
  objectMode: true,
  write(line: string, _encoding, done) {
    written.push(line);
    setImmediate(done); // the slow part
  },
});
await pipeline(Readable.from(iterate(received), { highWaterMark: 1 }), target);
console.log(written.join(' '));

// a web stream works the same way
const web = new ReadableStream<number>({
  start(controller) {
    for (const value of [1, 2, 3]) controller.enqueue(value);
    controller.close();
  },
});
console.log(await firstValueFrom(fromIterable(web).pipe(toArray())));
// #endregion
