// #region main
import { fromPull, toPush } from 'rxzmq';
import { virtualTime } from 'rxzmq/testing';
import { gain } from './testing/flow.js';

virtualTime(({ run, feed, expectEndpoint, frames }) => {
  const x = frames({ n: [2, 0, 0, 2], s: [8, 0, 0, 8] });
  const y = frames({ n: [1, 0, 0, 1], s: [4, 0, 0, 4] });

  run(fromPull('tcp://radio:5555', { sampleType: 'cf32' }).pipe(gain(), toPush('tcp://*:5556')));
  feed('tcp://radio:5555', 'n-n-s', x);
  expectEndpoint('tcp://*:5556').toBe('n-n-s', y);
});
console.log('the noise floor is at 1, and signals stand out');
// #endregion main
