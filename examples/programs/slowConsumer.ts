// #region main
import { count, interval, map, Subject, takeUntil, takeWhile, timer } from 'rxjs';
import { type Frame, fromSub, type Gap, gaps, pacedMap, toPub } from 'rxzmq';

const frames = 1000;
const tone = Float32Array.from({ length: 16_384 }, (_, n) => Math.cos(n / 10)); // 64 KiB
const alone = new Subject<void>();
let [left, dropped] = [0, 0];

// A radio does not wait: until the last subscriber has left, it emits a frame every millisecond.
const radio = interval(1).pipe(
  map(() => tone),
  takeUntil(alone),
);

// Ten frames wait for each subscriber. What is more, it loses, and the others do not.
radio
  .pipe(
    toPub('tcp://127.0.0.1:*', {
      highWaterMark: 10,
      waitForSubscribers: 2,
      status(status) {
        if (status.kind === 'listening') {
          listen('fast', status.endpoint, 0);
          listen('slow', status.endpoint, 10);
        }
        if (status.kind === 'dropped') dropped += status.count ?? 0;
        if (status.kind === 'disconnected' && ++left === 2) alone.next();
      },
    }),
  )
  .subscribe({ complete: () => console.log(`the publisher dropped ${dropped}, and waited for nobody`) });

// Each takes its time over a frame, and leaves after the first one from number 999 on.
function listen(name: string, endpoint: string, millisecondsEach: number) {
  let lost = 0;
  let last = 0;
  fromSub(endpoint, { highWaterMark: 10 })
    .pipe(
      gaps({ onGap: ({ missing }: Gap) => (lost += missing) }),
      pacedMap((frame: Frame) => (millisecondsEach === 0 ? [frame] : timer(millisecondsEach).pipe(map(() => frame)))),
      takeWhile(({ sequence }) => (last = sequence) < frames - 1, true),
      count(),
    )
    .subscribe((received) => console.log(`${name}: ${received} received, ${lost} lost, of ${last + 1}`));
}
// #endregion main
