// #region main
import { concat, filter, groupBy, map, mergeMap, of, range, reduce, Subject, take, takeUntil, takeWhile } from 'rxjs';
import {
  endOfStream,
  fromReader,
  message,
  type Outgoing,
  type ReaderMessage,
  type ReaderResult,
  toWriter,
  type VideoFrame,
  videoFrame,
  videoObject,
} from 'rxzmq/savant';

const folder = `/tmp/savant-cameras-${process.pid}`;
const frames = `ipc://${folder}/frames`;
const cars = `ipc://${folder}/cars`;

const isMessage = (result: ReaderResult): result is ReaderMessage => result.kind === 'message';
const isEnd = ({ message: { payload } }: Outgoing): boolean => payload.kind === 'endOfStream';
const done = new Subject<void>();

// A detector, elsewhere: finds something in each frame, and passes on those with a car, and the ends of streams.
const detect = (frame: VideoFrame): VideoFrame => {
  const label = frame.pts % 3n === 0n ? 'person' : 'car';
  const detectionBox = { xc: 640, yc: 360, width: 80, height: 40 };
  const found = videoObject({ id: 1, parentId: 0, namespace: 'detector', label, detectionBox, confidence: 0.9 });
  return { ...frame, objects: [...frame.objects, found] };
};
fromReader(`rep+bind:${frames}`)
  .pipe(
    filter(isMessage),
    map((result) => {
      const { payload } = result.message;
      return payload.kind === 'videoFrame'
        ? { ...result, message: { ...result.message, payload: detect(payload) } }
        : result;
    }),
    filter((result) => {
      const { payload } = result.message;
      return payload.kind !== 'videoFrame' || payload.objects.some(({ label }) => label === 'car');
    }),
    toWriter(`dealer+connect:${cars}`),
    takeUntil(done),
  )
  .subscribe();

// A counter, elsewhere: how many frames with cars each camera had, up to the end of its stream.
fromReader(`router+bind:${cars}`)
  .pipe(
    filter(isMessage),
    groupBy(({ topic }) => new TextDecoder().decode(topic)),
    mergeMap((camera) =>
      camera.pipe(
        takeWhile((result) => !isEnd(result)),
        reduce((count) => count + 1, 0),
        map((count) => `${camera.key}: ${count} frames with cars`),
      ),
    ),
    take(2),
  )
  .subscribe({ next: (line) => console.log(line), complete: () => done.next() });

// Two cameras: frames with a region to look at, then the end of the stream.
const detectionBox = { xc: 640, yc: 360, width: 1280, height: 720 };
const region = videoObject({ id: 0, namespace: 'camera', label: 'region', detectionBox });
const camera = (sourceId: string, count: number) =>
  concat(
    range(0, count).pipe(
      map((pts) => videoFrame({ sourceId, framerate: '30/1', width: 1280, height: 720, pts, objects: [region] })),
    ),
    of(endOfStream(sourceId)),
  );
concat(camera('cam-1', 6), camera('cam-2', 9))
  .pipe(
    map((payload) => ({ message: message(payload), data: new Uint8Array(1000) })),
    toWriter(`req+connect:${frames}`),
    filter(({ kind }) => kind !== 'ack'),
  )
  .subscribe(({ kind }) => console.log(`not answered: ${kind}`));
// #endregion main
