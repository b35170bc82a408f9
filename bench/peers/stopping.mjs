// zeromq.js by hand: ENDPOINT BEFORE COUNT MARK. Reads so many frames, stops until it is ordered on, reads up to the count,
// and counts those that do not follow the one before.
import { Pull } from 'zeromq';
import { onOrder, say } from './peer.mjs';

const endpoint = process.argv[2];
const [before, count, receiveHighWaterMark] = process.argv.slice(3).map(Number);
let goOn = () => undefined;
const ordered = new Promise((resolve) => (goOn = resolve));
onOrder(() => goOn());
const pull = new Pull({ receiveHighWaterMark });
pull.connect(endpoint);
let missed = 0;
for (let n = 0; n < count; n += 1) {
  if (n === before) {
    say('ready');
    await ordered;
  }
  const [header] = await pull.receive();
  if (header.readUInt32LE(24) !== n) missed += 1;
}
say('received', { count, ms: 0, payloadBytes: missed });
