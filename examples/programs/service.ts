// #region main
import { fromEvent, map, takeUntil, tap } from 'rxjs';
import { fromPull, type SocketStatus, toPush } from 'rxzmq';

const [input = 'tcp://*:5555', output = 'tcp://*:5556'] = process.argv.slice(2);
const status = (of: string) => (told: SocketStatus) => console.log(of, told.kind, told.endpoint);

// The first SIGTERM ends the input, and all that is below completes in its own time. A second one would kill.
const received = fromPull(input, { bind: true, sampleType: 'cf32', status: status('input') }).pipe(
  map((frame) => ({ ...frame, samples: frame.samples.map((value) => value * 2) })), // 6 dB more
  takeUntil(fromEvent(process, 'SIGTERM').pipe(tap(() => console.log('stopping')))),
);

received.pipe(toPush(output, { lingerMs: 10_000, status: status('output') })).subscribe({
  next: ({ sequence }) => console.log(`frame ${sequence} taken`),
  complete: () => console.log('all delivered'), // nothing is open any more, so the process ends, with exit code 0
  error(error: unknown) {
    console.error(error); // a port that is taken, or a peer that took nothing for ten seconds
    process.exitCode = 1;
  },
});
// #endregion main
