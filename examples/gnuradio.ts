// #region main
import { map, range, take } from 'rxjs';
import { frame, fromSub, toPub } from 'rxzmq';
import { gnuradio } from 'rxzmq/gnuradio';

// A ZMQ SUB Source with Pass Tags, elsewhere: there its address is 'tcp://host:5556', bound here as 'tcp://*:5556'.
const tune = (n: number) => frame(new Float32Array(2000).fill(n), { sampleRate: 1e6, centerFreq: 88e6 + n * 1e6 });
range(0, 3)
  .pipe(
    map((n) => ({ ...tune(n), tags: [{ offset: 500, key: 'burst', value: BigInt(n) }] })),
    toPub('inproc://flowgraph', { codec: gnuradio({ tags: true }), waitForSubscribers: 1 }),
  )
  .subscribe();

// A ZMQ PUB Sink, elsewhere: there it binds 'tcp://*:5556', and here you say 'tcp://host:5556'.
fromSub('inproc://flowgraph', { codec: gnuradio() })
  .pipe(take(3))
  .subscribe(({ samples, centerFreq, sampleRate, tags }) => {
    const bursts = tags
      .filter(({ key }) => key === 'burst')
      .map(({ offset, value }) => `${Number(value)} at ${offset}`);
    console.log(
      `${samples.length / 2} samples, ${centerFreq / 1e6} MHz, ${sampleRate / 1e6} MS/s, burst ${bursts.join()}`,
    );
  });
// #endregion main
