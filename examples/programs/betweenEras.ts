// #region main
import { map } from 'rxjs';
import { cf128ToFloat64, type Frame, fromPull, gaps, toPush } from 'rxzmq';

// doppler up to 0.27 speaks ZeroMQ, from 0.28 on NATS: `old` is a Push of the one, `jobs` and `done` are work queues of the other.
const [
  old = 'tcp://127.0.0.1:5555',
  jobs = 'nats://127.0.0.1:4222/jobs',
  done = 'nats://127.0.0.1:4222/done',
  back = 'tcp://*:5556',
] = process.argv.slice(2);

const told = (road: string) => gaps({ onGap: ({ missing }) => console.log(`${road}: ${missing} missing`) });
const status = ({ kind, endpoint }: { kind: string; endpoint: string }) => console.log(kind, endpoint);
/** NATS has no cf128. */
const narrower = (frame: Frame): Frame =>
  frame.sampleType === 'cf128' ? { ...frame, sampleType: 'cf64', samples: cf128ToFloat64(frame.samples) } : frame;

fromPull(old, { status })
  .pipe(told('to NATS'), map(narrower), toPush(jobs, { sequence: 'preserve', status }))
  .subscribe();

fromPull(done, { status })
  .pipe(told('to ZeroMQ'), toPush(back, { sequence: 'preserve', status }))
  .subscribe();
// #endregion main
