// DRIVER MEMORY WHERE WARM_UP COUNT: decoded Frames, through `map`. MEMORY is `kept` (nothing is given back) or `released`
// (each frame's is, once it was looked at).
import { map } from 'rxjs';
import { fromPull, release } from 'rxzmq';
import { meter, onOrder, place } from './peer.mjs';

const [driver, memory, where, warmUp, count] = process.argv.slice(2);
const [endpoint, options, subscribed] = place(where, driver);
const look = {
  kept: (frame) => frame.samples.byteLength,
  released: (frame) => {
    const bytes = frame.samples.byteLength;
    release(frame);
    return bytes;
  },
}[memory];
onOrder();
fromPull(endpoint, options)
  .pipe(map(look))
  .subscribe(meter(Number(warmUp), Number(count)));
subscribed();
