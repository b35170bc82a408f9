// PAYLOAD_BYTES WINDOW ENDPOINT: the same to a work queue; at most WINDOW of them are not confirmed.
import { toPush } from 'rxzmq';
import { giving, say } from '../peer.mjs';

const [payloadBytes, window, endpoint] = process.argv.slice(2);
const same = new Float32Array(Number(payloadBytes) / 4);
const status = ({ kind }) => kind === 'connected' && say('ready');
giving(toPush(endpoint, { highWaterMark: Number(window), status }), () => same);
