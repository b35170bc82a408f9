// DRIVER ENDPOINTS WARM_UP COUNT: a fromPull of its own on each of the endpoints, which stand between commas; decoded
// Frames, through `map` each, counted together.
import { map } from 'rxjs';
import { fromPull } from 'rxzmq';
import { meter, onOrder, say } from './peer.mjs';

const [driver, endpoints, warmUp, count] = process.argv.slice(2);
const received = meter(Number(warmUp), Number(count));
onOrder();
for (const endpoint of endpoints.split(',')) {
  fromPull(endpoint, { driver })
    .pipe(map((frame) => frame.samples.byteLength))
    .subscribe(received);
}
say('ready');
