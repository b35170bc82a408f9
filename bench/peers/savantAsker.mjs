// ENDPOINT PAYLOAD_BYTES: a req writer. Each order is a number of messages; what became of one brings the next.
import { Subject } from 'rxjs';
import { toWriter } from 'rxzmq/savant';
import { medianUs, onOrder, say } from './peer.mjs';
import { frameMessage } from './savantFrame.mjs';

const [endpoint, payloadBytes] = process.argv.slice(2);
const outgoing = { message: frameMessage, topic: 'test', data: new Uint8Array(Number(payloadBytes)) };
const input = new Subject();
let times = new Float64Array();
let answered = 0;
let startedAt = 0;

function give() {
  times[answered] = performance.now();
  input.next(outgoing);
}

input.pipe(toWriter(`req+connect:${endpoint}`)).subscribe(({ kind }) => {
  if (kind !== 'ack') throw new Error(kind);
  times[answered] = performance.now() - times[answered];
  answered += 1;
  if (answered < times.length) return give();
  const ms = performance.now() - startedAt;
  say('answered', { count: answered, ms, roundTripUs: medianUs(times) });
});

onOrder((count) => {
  times = new Float64Array(count);
  answered = 0;
  startedAt = performance.now();
  give();
});
say('ready');
