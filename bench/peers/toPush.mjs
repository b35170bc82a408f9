// PAYLOAD_BYTES ZERO_COPY: bare arrays, each stamped with a sequence and a time. The next is given once one is taken.
import { Subject } from 'rxjs';
import { toPush } from 'rxzmq';
import { cpuUs, onOrder, say } from './peer.mjs';

const samples = new Float32Array(Number(process.argv[2]) / 4);
const input = new Subject();
let left = 0;
let count = 0;
let cpuAtStart = 0;
let giving = false;
let free = true;

function give() {
  if (giving) return; // the loop below is at it
  giving = true;
  while (free && left > 0) {
    free = false;
    left -= 1;
    input.next(samples);
  }
  giving = false;
}

function status({ kind, endpoint }) {
  if (kind === 'listening') say('bound', { endpoints: [endpoint] });
}

input.pipe(toPush('tcp://127.0.0.1:*', { zeroCopy: process.argv[3] === 'true', status })).subscribe(() => {
  free = true;
  if (left > 0) give();
  else say('sent', { count, cpuUs: cpuUs() - cpuAtStart });
});

onOrder((frames) => {
  cpuAtStart = cpuUs();
  count = frames;
  left = frames;
  give();
});
