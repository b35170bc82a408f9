// DRIVER MEMORY WHERE WARM_UP COUNT: decoded Frames, through `map`. MEMORY is `kept` (nothing is given back), `released`
// (each frame's is, once it was looked at) or `loaned` (it is given back by itself).
import { map } from 'rxjs';
import { fromPull, release } from 'rxzmq';
import { meter, onOrder, place } from './peer.mjs';

const [driver, memory, where, warmUp, count] = process.argv.slice(2);
const [endpoint, options, subscribed] = place(where, driver);
const bytesOf = (frame) => frame.samples.byteLength;
const look = {
  kept: bytesOf,
  loaned: bytesOf,
  released: (frame) => {
    const bytes = frame.samples.byteLength;
    release(frame);
    return bytes;
  },
}[memory];
onOrder();
fromPull(endpoint, { ...options, loans: memory === 'loaned' })
  .pipe(map(look))
  .subscribe(meter(Number(warmUp), Number(count)));
subscribed();
