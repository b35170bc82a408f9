// PAYLOAD_BYTES ENDPOINT: bare arrays, each stamped with a sequence and a time, published one after the other.
import { toPub } from 'rxzmq';
import { giving, say } from '../peer.mjs';

const [payloadBytes, endpoint] = process.argv.slice(2);
const same = new Float32Array(Number(payloadBytes) / 4);
const status = ({ kind }) => kind === 'connected' && say('ready');
giving(toPub(endpoint, { status }), () => same);
