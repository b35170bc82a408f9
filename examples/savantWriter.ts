// #region main
import { concat, map, of, range, take } from 'rxjs';
import { endOfStream, fromReader, message, toWriter, videoFrame } from 'rxzmq/savant';

const place = `ipc:///tmp/savant-writer-${process.pid}/frames`;
fromReader(`router+bind:${place}`).pipe(take(3)).subscribe(); // a reader, in another program

const frames = range(0, 2).pipe(
  map((i) => videoFrame({ sourceId: 'cam-1', framerate: '30/1', width: 1280, height: 720, pts: i * 33_333 })),
  map((frame) => ({ message: message(frame), data: new Uint8Array(4096) })),
);
concat(frames, of({ message: message(endOfStream('cam-1')) }))
  .pipe(toWriter(`dealer+connect:${place}`))
  .subscribe({
    next: ({ kind, outgoing }) => console.log(`${outgoing.message.payload.kind}: ${kind}`),
    complete: () => console.log('all of it is with the reader'),
  });
// #endregion main
