// #region main
import { finalize } from 'rxjs';
import { fromIterable, iterate, pacedMap } from 'rxzmq';

let read = 0;
function* references() {
  while (true) yield `reference ${(read += 1)}`;
}

// zip would read references for ever; so each frame fetches its own.
const frames = fromIterable(['frame 1', 'frame 2', 'frame 3']);
const others = iterate(fromIterable(references()));

frames
  .pipe(
    pacedMap((frame) => others.next().then(({ value }) => `${frame} with ${value}`)),
    finalize(() => void others.return?.()),
  )
  .subscribe({ next: (pair) => console.log(pair), complete: () => console.log(`${read} references read`) });
// #endregion main
