// #region main
import { filter, of, takeUntil, tap, timer } from 'rxjs';
import { fromIterable, fromSub, pacedMap, text, toPub, untracked } from 'rxzmq';

const codec = text;
const control = of('gain 40', 'gain 50', 'stop').pipe(toPub('inproc://control', { codec, waitForSubscribers: 1 }));

// The work stands still. What controls it goes on, and has more to say than one word.
const stop = fromSub('inproc://control', { codec }).pipe(
  tap((said) => console.log(said)),
  filter((said) => said === 'stop'),
  untracked(),
);

const blocks = fromIterable(['a block', 'and another']).pipe(takeUntil(stop));

control.subscribe();
blocks.pipe(pacedMap(() => timer(200))).subscribe({ complete: () => console.log('stopped') });
// #endregion main
