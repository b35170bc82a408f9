// #region main
import { delay } from 'rxjs';
import { fromPull, toPub } from 'rxzmq';
import { virtualTime } from 'rxzmq/testing';

virtualTime(({ run, feed, expectEndpoint }) => {
  run(fromPull('tcp://radio:5555').pipe(delay(2), toPub('tcp://*:5556')));
  feed('tcp://radio:5555', 'a-b-c');
  expectEndpoint('tcp://*:5556').toBe('--a-b-c');
});
console.log('each frame was passed on two milliseconds later');
// #endregion main
