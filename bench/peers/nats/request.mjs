// WHOSE ENDPOINT PAYLOAD_BYTES. WHOSE is `ours` or `hand`, the official client's. Each order is a number of requests, one at a time.
import { Subject } from 'rxjs';
import { request } from 'rxzmq';
import { medianUs, onOrder, say } from '../peer.mjs';
import { decode, encode, open } from './hand.mjs';

const [whose, endpoint, payloadBytes] = process.argv.slice(2);
const samples = new Float32Array(Number(payloadBytes) / 4);
const ask = await { ours, hand }[whose]();

onOrder(async (count) => {
  const times = new Float64Array(count);
  const startedAt = performance.now();
  for (let i = 0; i < count; i += 1) {
    const askedAt = performance.now();
    await ask();
    times[i] = performance.now() - askedAt;
  }
  say('answered', { count, ms: performance.now() - startedAt, roundTripUs: medianUs(times) });
});
say('ready');

async function ours() {
  const input = new Subject();
  let answered;
  input.pipe(request(endpoint)).subscribe((frame) => answered(frame));
  return () =>
    new Promise((resolve) => {
      answered = resolve;
      input.next(samples);
    });
}

async function hand() {
  const { client, base } = await open(endpoint);
  return async () => decode((await client.request(base, encode(samples), { timeout: 5000 })).data);
}
