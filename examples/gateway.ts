// #region main
import { createServer } from 'node:http';
import { interval, map, take } from 'rxjs';
import { fromSub, toPub } from 'rxzmq';
import { serve } from 'rxzmq/gateway';

const server = createServer((_request, response) => response.end('the page'));
const web = serve(server, { status: ({ kind, path }) => console.log(`${kind} ${path}`) });

const stop = interval(20)
  .pipe(
    map((n) => new Float32Array(1024).fill(n)),
    toPub(web.at('/iq')),
  )
  .subscribe();

server.listen(0, '127.0.0.1', () => listenElsewhere(`ws://127.0.0.1:${portOf(server)}/iq`));

// A page says fromSub('/iq'); another program says the whole URL.
function listenElsewhere(endpoint: string) {
  fromSub(endpoint)
    .pipe(take(3))
    .subscribe({
      next: ({ numSamples }) => console.log(`${numSamples / 2} samples`),
      complete: () => void end(),
    });
}

async function end() {
  stop.unsubscribe();
  await web.close();
  server.close();
}
// #endregion main

function portOf({ address }: typeof server) {
  return (address.call(server) as { port: number }).port;
}
