// zeromq.js by hand: ENDPOINT PAYLOAD_BYTES. Each order is a number of requests, one after the other.
import { Request } from 'zeromq';
import { medianUs, messageOf, onOrder, open, say } from './peer.mjs';

const [endpoint, payloadBytes] = process.argv.slice(2);
const message = messageOf(Number(payloadBytes));
const request = new Request();

onOrder(async (count) => {
  const times = new Float64Array(count);
  const startedAt = performance.now();
  for (let i = 0; i < count; i += 1) {
    const sentAt = performance.now();
    await request.send(message);
    await request.receive();
    times[i] = performance.now() - sentAt;
  }
  say('answered', { count, ms: performance.now() - startedAt, roundTripUs: medianUs(times) });
});
await open(request, endpoint);
