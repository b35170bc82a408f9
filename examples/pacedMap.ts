// #region main
import { map, take, timer } from 'rxjs';
import { fromIterable, pacedMap } from 'rxzmq';

let read = 0;

// Anything that asks before it reads: a socket, a file, here a generator without end.
function* recordings() {
  for (;;) yield `recording ${(read += 1)}`;
}

// Slow work; that for the first one takes longest.
const transcribe = (name: string, index: number) => timer(index === 0 ? 40 : 10).pipe(map(() => `${name} transcribed`));

fromIterable(recordings())
  .pipe(pacedMap(transcribe, { concurrency: 3 }), take(3))
  .subscribe({
    next: (line) => console.log(`${line}, ${read} read`),
    complete: () => console.log('done'),
  });
// #endregion main
