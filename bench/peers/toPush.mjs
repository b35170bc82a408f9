// DRIVER PAYLOAD_BYTES MEMORY: bare arrays, each stamped with a sequence and a time. The next is given once one is
// taken. MEMORY is `copied` (one array again and again, which stays its sender's), `given` (the same one, which is the
// socket's) or `recycled` (each array is the socket's until it comes back; then it is used again).
import { toPush } from 'rxzmq';
import { giving, opening } from './peer.mjs';

const [driver, payloadBytes, memory] = process.argv.slice(2);
const endpoint = 'tcp://127.0.0.1:*';
const fresh = () => new Float32Array(Number(payloadBytes) / 4);
const free = [];
const same = fresh();
const zeroCopy = { copied: false, given: true, recycled: (samples) => free.push(samples) }[memory];
const samples = memory === 'recycled' ? () => free.pop() ?? fresh() : () => same;
giving(toPush(endpoint, { ...opening(driver, endpoint), zeroCopy }), samples);
