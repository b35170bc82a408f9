// WINDOW_BYTES ROUND_TRIP_MS MS: frames of 32 KiB from a gateway to a reader with that window, through a proxy that holds each piece
// for half the round trip, both ways. Prints how many bytes a second were read.
import { createServer } from 'node:http';
import { connect, createServer as createProxy } from 'node:net';
import { tap } from 'rxjs';
import { frame, fromIterable, fromPull, toPush } from 'rxzmq';
import { serve } from 'rxzmq/gateway';

const [windowBytes, roundTripMs, ms] = process.argv.slice(2).map(Number);
const samples = new Float32Array(8192);

const server = createServer();
const port = await listening(server);
const proxy = createProxy((near) => {
  const far = connect(port, '127.0.0.1');
  for (const [from, to] of [
    [near, far],
    [far, near],
  ]) {
    from.setNoDelay(true);
    // timers of one delay fire in the order in which they were set
    from.on('data', (piece) => setTimeout(() => to.writable && to.write(piece), roundTripMs / 2));
    from.on('error', () => to.destroy());
    from.on('close', () => to.destroy());
  }
});
const near = await listening(proxy);
const web = serve(server);

function* frames() {
  for (;;) yield frame(samples);
}
fromIterable(frames())
  .pipe(toPush(web.at('/iq')))
  .subscribe();

let bytes = 0;
fromPull(`ws://127.0.0.1:${near}/iq`, { windowBytes })
  .pipe(tap((one) => (bytes += one.samples.byteLength)))
  .subscribe();

while (bytes < 4 * windowBytes) await wait(10); // it is under way
const [before, from] = [bytes, performance.now()];
await wait(ms);
const rate = ((bytes - before) / (performance.now() - from)) * 1000;
process.stdout.write(`${JSON.stringify({ rate })}\n`, () => process.exit());

function wait(time) {
  return new Promise((resolve) => setTimeout(resolve, time));
}

function listening(one) {
  return new Promise((resolve) => one.listen(0, '127.0.0.1', () => resolve(one.address().port)));
}
