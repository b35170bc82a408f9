// #region main
import { of, takeWhile } from 'rxjs';
import { endOfStream, fromReader, message, toWriter, videoFrame } from 'rxzmq/savant';

const place = `ipc:///tmp/savant-reader-${process.pid}/cameras`; // the folder is made

fromReader(`router+bind:${place}`, { topicPrefixSpec: 'prefix{cam-}' })
  .pipe(takeWhile((result) => result.kind !== 'message' || result.message.payload.kind !== 'endOfStream', true))
  .subscribe((result) => {
    if (result.kind !== 'message') return console.log(result.kind); // messages that were not accepted
    const { payload } = result.message;
    if (payload.kind === 'videoFrame') {
      console.log(`${payload.sourceId}: ${payload.width} x ${payload.height}, ${result.data[0]?.length} bytes`);
    } else if (payload.kind === 'endOfStream') console.log(`${payload.sourceId} has ended`);
  });

// A writer, in another program.
const frame = { framerate: '30/1', width: 1280, height: 720, content: { kind: 'external', method: 'zeromq' } } as const;
of(
  { message: message(videoFrame({ ...frame, sourceId: 'cam-1' })), data: new Uint8Array(4096) },
  { message: message(videoFrame({ ...frame, sourceId: 'other' })) },
  { message: message(endOfStream('cam-1')) },
)
  .pipe(toWriter(`dealer+connect:${place}`))
  .subscribe();
// #endregion main
