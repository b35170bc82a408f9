// DRIVER ENDPOINT COUNT: tells its resident memory, in bytes, after each fiftieth of the frames.
import { fromPull } from 'rxzmq';
import { onOrder, say } from './peer.mjs';

const [driver, endpoint, count] = process.argv.slice(2);
const step = Math.ceil(Number(count) / 50);
let seen = 0;
onOrder();
fromPull(endpoint, { driver }).subscribe(() => {
  seen += 1;
  if (seen % step === 0) say('memory', { seen, bytes: process.memoryUsage.rss() });
});
say('ready');
