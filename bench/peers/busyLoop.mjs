// TURN_MS: a loop without sockets that works so long in each turn, and the longest gap of a 1 ms timer meanwhile: what
// the machine does to any process. Each order is a number of ms to look.
import { longestGap, onOrder, say } from './peer.mjs';

const turnMs = Number(process.argv[2]);
let turns = 0;

function turn() {
  turns += 1;
  const until = performance.now() + turnMs;
  while (performance.now() < until);
  setImmediate(turn);
}

onOrder((ms) => longestGap(ms, () => turns));
say('ready');
turn();
