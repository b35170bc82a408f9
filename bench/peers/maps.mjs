// DRIVER MAPS ENDPOINT WARM_UP COUNT: decoded Frames, through so many `map`, each with a function of its own.
import { map } from 'rxjs';
import { fromPull } from 'rxzmq';
import { meter, onOrder, say } from './peer.mjs';

const [driver, maps, endpoint, warmUp, count] = process.argv.slice(2);
const received = meter(Number(warmUp), Number(count));
onOrder();
fromPull(endpoint, { driver })
  .pipe(...Array.from({ length: Number(maps) }, () => map((frame) => frame)))
  .subscribe((frame) => received(frame.samples.byteLength));
say('ready');
