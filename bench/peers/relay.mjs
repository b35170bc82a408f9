// DRIVER ENDPOINT: passes frames on, and tells its resident memory, in bytes, every 100 ms.
import { interval, map } from 'rxjs';
import { fromPull, toPush } from 'rxzmq';
import { onOrder, place, say } from './peer.mjs';

const [driver, endpoint] = process.argv.slice(2);
const [out, options] = place('@tcp://127.0.0.1:*', driver);
let seen = 0;
onOrder();
fromPull(endpoint, { driver })
  .pipe(
    map((frame) => ({ ...frame })),
    toPush(out, { ...options, sequence: 'preserve' }),
  )
  .subscribe(() => (seen += 1));
interval(100).subscribe(() => say('memory', { seen, bytes: process.memoryUsage.rss() }));
