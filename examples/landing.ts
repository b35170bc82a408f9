// #region main
import { take } from 'rxjs';
import { fromPull, json, pacedMap, reblock, toPub } from 'rxzmq';
import { classify, publish, radio } from './landing/parts.js';

// From a radio, in blocks of 4096 samples, two at a time through a classifier, to all subscribers.
fromPull(radio, { sampleType: 'cf32' })
  .pipe(
    reblock(4096),
    pacedMap(classify, { concurrency: 2 }), // while both are busy, the radio's socket is not read
    toPub(publish, { codec: json(), waitForSubscribers: 1 }),
    take(4),
  )
  .subscribe();
// #endregion main
