import { map, of, range, take } from 'rxjs';
import { type Frame, fromSub, json, toPush } from 'rxzmq';

export const radio = 'inproc://radio';
export const publish = 'inproc://signals';

/** A radio, elsewhere: eight blocks of 2048 samples, louder and louder. */
range(1, 8)
  .pipe(
    map((n) => new Float32Array(4096).fill(n)),
    toPush(radio, { sampleRate: 2.4e6 }),
  )
  .subscribe();

/** What is in a block. A real one asks a service, or a model on a worker thread. */
export const classify = ({ samples, sequence }: Frame<'cf32'>) => of({ sequence, loud: samples[0]! > 4 });

fromSub(publish, { codec: json<{ sequence: number; loud: boolean }>() })
  .pipe(take(4))
  .subscribe(({ sequence, loud }) => console.log(`block ${sequence}: ${loud ? 'loud' : 'quiet'}`));
