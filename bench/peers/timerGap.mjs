// DRIVER WORK_US SOURCES ENDPOINT...: frames that take so much work each, and the longest gap of a 1 ms timer meanwhile.
// SOURCES is `one` for a source on all endpoints, `each` for one on each. Each order is a number of ms to look.
import { fromPull } from 'rxzmq';
import { longestGap, onOrder, say } from './peer.mjs';

const [driver, workUs, sources, ...endpoints] = process.argv.slice(2);
const workMs = Number(workUs) / 1000;
let frames = 0;

function work() {
  frames += 1;
  const until = performance.now() + workMs;
  while (performance.now() < until);
}

for (const some of sources === 'one' ? [endpoints] : endpoints) fromPull(some, { driver }).subscribe(work);

onOrder((ms) => longestGap(ms, () => frames));
say('ready');
