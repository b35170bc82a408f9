// DRIVER PAYLOAD_BYTES SUBSCRIBERS WHERE: bare arrays, each stamped with a sequence and a time, to all subscribers once
// there are so many; at the slowest one's mark it waits. What is told is the deliveries.
import { toPub } from 'rxzmq';
import { giving, place } from './peer.mjs';

const [driver, payloadBytes, subscribers, where] = process.argv.slice(2);
const [endpoint, options] = place(where, driver);
const same = new Float32Array(Number(payloadBytes) / 4);
giving(
  toPub(endpoint, { ...options, waitForSubscribers: Number(subscribers), noDrop: true }),
  () => same,
  Number(subscribers),
);
