// SOURCE OPERATOR MAPS: numbers of a generator through so many `map` and an operator, without a socket. SOURCE is
// `fromIterable`, which asks before each whether there is room below, or `from`, which asks nobody. OPERATOR makes one inner
// Observable of each (`pacedMap`, `mergeMap`, `concatMap`) or gives each to two branches (`tee`, `connect`).
// Each order is a number of numbers.
import { concatMap, connect, from, ignoreElements, map, merge, mergeMap, of } from 'rxjs';
import { fromIterable, pacedMap, tee } from 'rxzmq';
import { onOrder, say } from './peer.mjs';

const [source, operator, maps] = process.argv.slice(2);
const make = { from, fromIterable }[source];
const branch = (input) => input.pipe(ignoreElements());
const last = {
  pacedMap: () => pacedMap((value) => of(value)),
  mergeMap: () => mergeMap((value) => of(value)),
  concatMap: () => concatMap((value) => of(value)),
  tee: () => tee(branch, branch),
  connect: () => connect((shared) => merge(shared, branch(shared), branch(shared))),
}[operator];

function* numbers(count) {
  for (let i = 0; i < count; i += 1) yield i;
}

onOrder((count) => {
  let sum = 0;
  const operators = Array.from({ length: Number(maps) }, () => map((value) => value + 1));
  const startedAt = performance.now();
  make(numbers(count))
    .pipe(...operators, last())
    .subscribe({
      next: (value) => (sum += value),
      complete() {
        const ms = performance.now() - startedAt;
        const expected = (count * (count - 1)) / 2 + count * Number(maps);
        if (sum !== expected) throw new Error(`the numbers add up to ${sum} instead of ${expected}`);
        say('received', { count, ms, payloadBytes: 0 });
      },
    });
});
say('ready');
