// #region main
import { map, range, take } from 'rxjs';
import { frame, fromSub, toPub } from 'rxzmq';

// A station, elsewhere, that publishes two streams in turn: there it binds 'tcp://*:5556'.
range(0, 6)
  .pipe(
    map((n) => frame(new Int16Array([n, -n]), { streamId: n % 2 })),
    toPub('inproc://station', { waitForSubscribers: 1 }),
  )
  .subscribe();

// Only stream 1: the publisher does not even send the other.
fromSub('inproc://station', { streamId: 1, sampleType: 'ci16' })
  .pipe(take(3))
  .subscribe(({ streamId, sequence, samples }) => {
    console.log(`stream ${streamId}, frame ${sequence}: ${samples.join(' ')}`);
  });
// #endregion main
