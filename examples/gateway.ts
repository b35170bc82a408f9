// #region main
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { interval, map, take } from 'rxjs';
import { fromSub, toPub } from 'rxzmq';
import { serve } from 'rxzmq/gateway';

const server = createServer((_request, response) => response.end('the page'));
const web = serve(server, { status: ({ kind, path }) => console.log(`${kind} ${path}`) });

const frames$ = interval(20).pipe(map((n) => new Float32Array(1024).fill(n)));
const publishing = frames$.pipe(toPub(web.at('/iq'), { waitForSubscribers: 0 })).subscribe();

// A page says fromSub('/iq'); another program says the whole URL.
server.listen(0, '127.0.0.1', () => {
  fromSub(`ws://127.0.0.1:${(server.address() as AddressInfo).port}/iq`)
    .pipe(take(3))
    .subscribe({ next: ({ numSamples }) => console.log(`${numSamples} samples`), complete: () => void end() });
});

async function end() {
  publishing.unsubscribe();
  await web.close();
  server.close();
}
// #endregion main
