// #region main
import { fromPull } from 'rxzmq';
import { virtualTime } from 'rxzmq/testing';
import { detect, gain } from './testing/flow.js';

virtualTime(({ feed, expectObservable, frames }) => {
  const x = frames({ n: [2, 0, 0, 2], s: [8, 0, 0, 8] }, { centerFreq: 433.9e6 });
  const signals = fromPull('tcp://radio:5555', { sampleType: 'cf32' }).pipe(gain(), detect(8));

  feed('tcp://radio:5555', 'n-n-s-n', x);
  expectObservable(signals).toBe('----s', { s: { mhz: 433.9, power: 16 } });
});
console.log('one signal in the noise, at its time');
// #endregion main
