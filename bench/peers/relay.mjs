// ENDPOINT: passes frames on, and tells its resident memory, in bytes, every 100 ms.
import { interval, map } from 'rxjs';
import { fromPull, toPush } from 'rxzmq';
import { onOrder, say } from './peer.mjs';

let seen = 0;
function status({ kind, endpoint }) {
  if (kind === 'listening') say('bound', { endpoints: [endpoint] });
}
onOrder(() => undefined);
fromPull(process.argv[2])
  .pipe(
    map((frame) => ({ ...frame })),
    toPush('tcp://127.0.0.1:*', { sequence: 'preserve', status }),
  )
  .subscribe(() => (seen += 1));
interval(100).subscribe(() => say('memory', { seen, bytes: process.memoryUsage.rss() }));
