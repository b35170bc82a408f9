// DRIVER PAYLOAD_BYTES SUBSCRIBERS: bare arrays, each stamped with a sequence and a time, to all subscribers once there
// are so many; at the slowest one's mark it waits. What the deliveries took of the processor is told.
import { toPub } from 'rxzmq';
import { giving, opening } from './peer.mjs';

const [driver, payloadBytes, subscribers] = process.argv.slice(2);
const endpoint = 'tcp://127.0.0.1:*';
const same = new Float32Array(Number(payloadBytes) / 4);
const options = { ...opening(driver, endpoint), waitForSubscribers: Number(subscribers), noDrop: true };
giving(toPub(endpoint, options), () => same, Number(subscribers));
