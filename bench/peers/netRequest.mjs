// Bare node:net: ENDPOINT PAYLOAD_BYTES. Each order is a number of round trips, one after the other, of as many bytes as
// a frame has.
import { connect } from 'node:net';
import { medianUs, messageOf, onOrder, say } from './peer.mjs';

const { hostname: host, port } = new URL(process.argv[2]);
const bytes = Buffer.concat(messageOf(Number(process.argv[3])));
const socket = connect({ host, port: Number(port), noDelay: true });
let times = new Float64Array();
let answered = 0;
let missing = 0;
let sentAt = 0;
let startedAt = 0;

function ask() {
  missing = bytes.length;
  sentAt = performance.now();
  socket.write(bytes);
}

socket.on('connect', () => say('ready'));
socket.on('data', (some) => {
  missing -= some.length;
  if (missing > 0) return;
  const now = performance.now();
  times[answered] = now - sentAt;
  answered += 1;
  if (answered < times.length) ask();
  else say('answered', { count: answered, ms: now - startedAt, roundTripUs: medianUs(times) });
});

onOrder((count) => {
  times = new Float64Array(count);
  answered = 0;
  startedAt = performance.now();
  ask();
});
