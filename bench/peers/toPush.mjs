// DRIVER PAYLOAD_BYTES MEMORY WHERE: bare arrays, each stamped with a sequence and a time. The next is given once one is
// taken. MEMORY is `copied` (one array again and again, which stays its sender's) or `given` (the same one, which is the
// socket's).
import { toPush } from 'rxzmq';
import { giving, place } from './peer.mjs';

const [driver, payloadBytes, memory, where] = process.argv.slice(2);
const [endpoint, options, subscribed] = place(where, driver);
const same = new Float32Array(Number(payloadBytes) / 4);
const zeroCopy = { copied: false, given: true }[memory];
giving(toPush(endpoint, { ...options, zeroCopy }), () => same);
subscribed();
