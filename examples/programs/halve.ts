// #region main
import { map, tap } from 'rxjs';
import { fromPull, type SocketStatus, toPub } from 'rxzmq';

const [radio = 'tcp://127.0.0.1:5555', publish = 'tcp://*:5556'] = process.argv.slice(2);
const status = ({ kind, endpoint }: SocketStatus) => console.log(kind, endpoint);

fromPull(radio, { sampleType: 'cf64', status })
  .pipe(
    map((frame) => ({ ...frame, samples: frame.samples.map((value) => value / 2) })), // 6 dB less
    tap(({ sequence, numSamples }) => console.log(`frame ${sequence}: ${numSamples} samples`)),
    toPub(publish, { status }),
  )
  .subscribe();
// #endregion main
