// #region main
import { map, timer } from 'rxjs';
import { fromPull, pacedMap, text, toPush } from 'rxzmq';
import { virtualTime } from 'rxzmq/testing';

// Each takes 4 ms of work. From 5 ms to 16 ms the far side does not accept the results.
virtualTime(({ feed, room, expectEndpoint, expectObservable }) => {
  const read = fromPull('tcp://radio:5555', { codec: text, highWaterMark: 1 });
  const worked = read.pipe(pacedMap((value) => timer(4).pipe(map(() => value))));

  feed('tcp://radio:5555', '(abcd)', undefined, { codec: text });
  room('inproc://results', '1----0----------1');
  expectObservable(worked.pipe(toPush('inproc://results', { codec: text, highWaterMark: 1 }))).toBe(
    '----a---b---c-------d',
  );
  expectEndpoint('inproc://results', { codec: text }).toBe('----a-----------(bc)d');
});
console.log('what is not taken is not read');
// #endregion main
