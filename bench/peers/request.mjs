// DRIVER ENDPOINT PAYLOAD_BYTES CONCURRENCY. Each order is a number of requests; a reply brings the next one.
import { Subject } from 'rxjs';
import { request } from 'rxzmq';
import { medianUs, onOrder, say } from './peer.mjs';

const [driver, endpoint, payloadBytes, concurrency] = process.argv.slice(2);
const samples = new Float32Array(Number(payloadBytes) / 4);
const input = new Subject();
let times = new Float64Array();
let sent = 0;
let answered = 0;
let startedAt = 0;

function give() {
  times[sent] = performance.now();
  sent += 1;
  input.next(samples);
}

input.pipe(request(endpoint, { driver, concurrency: Number(concurrency) })).subscribe(() => {
  times[answered] = performance.now() - times[answered]; // replies keep the order of their requests
  answered += 1;
  if (sent < times.length) return give();
  if (answered < times.length) return;
  const ms = performance.now() - startedAt;
  say('answered', { count: answered, ms, roundTripUs: medianUs(times) });
});

onOrder((count) => {
  times = new Float64Array(count);
  sent = 0;
  answered = 0;
  startedAt = performance.now();
  for (let i = 0; i < Number(concurrency); i += 1) give();
});
say('ready');
