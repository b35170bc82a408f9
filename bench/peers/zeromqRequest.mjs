// zeromq.js by hand: ENDPOINT PAYLOAD_BYTES. Each order is a number of requests, one after the other.
import { Request } from 'zeromq';
import { cpuUs, medianUs, messageOf, onOrder, say } from './peer.mjs';

const [endpoint, payloadBytes] = process.argv.slice(2);
const message = messageOf(Number(payloadBytes));
const request = new Request();
request.connect(endpoint);

onOrder(async (count) => {
  const times = new Float64Array(count);
  const cpuAtStart = cpuUs();
  const startedAt = performance.now();
  for (let i = 0; i < count; i += 1) {
    const sentAt = performance.now();
    await request.send(message);
    await request.receive();
    times[i] = performance.now() - sentAt;
  }
  const ms = performance.now() - startedAt;
  say('answered', { count, ms, roundTripUs: medianUs(times), cpuUs: cpuUs() - cpuAtStart });
});
say('ready');
