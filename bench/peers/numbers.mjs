// KIND MAPS: numbers of a generator through so many `map` and one inner Observable each, without a socket. KIND is `demand`
// (fromIterable, which asks pacedMap before each) or `plain` (from and concatMap). Each order is a number of numbers.
import { concatMap, from, map, of } from 'rxjs';
import { fromIterable, pacedMap } from 'rxzmq';
import { cpuUs, onOrder, say } from './peer.mjs';

const [kind, maps] = process.argv.slice(2);
const [source, inTurn] = { demand: [fromIterable, pacedMap], plain: [from, concatMap] }[kind];

function* numbers(count) {
  for (let i = 0; i < count; i += 1) yield i;
}

onOrder((count) => {
  let sum = 0;
  const operators = Array.from({ length: Number(maps) }, () => map((value) => value + 1));
  const cpuAtStart = cpuUs();
  const startedAt = performance.now();
  source(numbers(count))
    .pipe(
      ...operators,
      inTurn((value) => of(value)),
    )
    .subscribe({
      next: (value) => (sum += value),
      complete() {
        const ms = performance.now() - startedAt;
        const expected = (count * (count - 1)) / 2 + count * Number(maps);
        if (sum !== expected) throw new Error(`the numbers add up to ${sum} instead of ${expected}`);
        say('received', { count, ms, cpuUs: cpuUs() - cpuAtStart, payloadBytes: 0 });
      },
    });
});
say('ready');
