// #region main
import { Readable, Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { take } from 'rxjs';
import { fromIterable, fromPull, iterate, text, toPush } from 'rxzmq';

// a stream into a socket: each value is read when the queue of the socket has space
const lines = Readable.from(['one', 'two', 'three']);
fromIterable(lines)
  .pipe(toPush('inproc://lines', { codec: text }))
  .subscribe();

// a socket into a stream: the next message is read when the stream asks for it
const received = fromPull('inproc://lines', { codec: text }).pipe(take(3));
const target = new Writable({
  objectMode: true,
  write(line: string, _encoding, done) {
    console.log(line);
    setImmediate(done); // the slow part
  },
});
await pipeline(Readable.from(iterate(received), { highWaterMark: 1 }), target);
// #endregion main
