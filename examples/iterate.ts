// #region main
import { setTimeout } from 'node:timers/promises';
import { fromIterable, fromPull, iterate, json, toPush } from 'rxzmq';

const few = { codec: json<number>(), highWaterMark: 1 };
let made = 0;

// A producer elsewhere, without end.
function* readings() {
  for (;;) yield (made += 1);
}
const producer = fromIterable(readings()).pipe(toPush('inproc://readings', few)).subscribe();

for await (const reading of iterate(fromPull('inproc://readings', few))) {
  await setTimeout(10); // meanwhile nothing is read, and the producer waits
  console.log(`reading ${reading}`);
  if (reading === 3) break; // closes the socket
}
producer.unsubscribe();
console.log(`${made < 100 ? 'a few' : 'a lot'} more were under way`);
// #endregion main
