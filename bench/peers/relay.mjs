// DRIVER ENDPOINT: passes frames on, and tells its resident memory, in bytes, every 100 ms.
import { interval, map } from 'rxjs';
import { fromPull, toPush } from 'rxzmq';
import { onOrder, opening, say } from './peer.mjs';

const [driver, endpoint] = process.argv.slice(2);
const out = 'tcp://127.0.0.1:*';
let seen = 0;
onOrder(() => undefined);
fromPull(endpoint, { driver })
  .pipe(
    map((frame) => ({ ...frame })),
    toPush(out, { ...opening(driver, out), sequence: 'preserve' }),
  )
  .subscribe(() => (seen += 1));
interval(100).subscribe(() => say('memory', { seen, bytes: process.memoryUsage.rss() }));
