// DRIVER ENDPOINT WARM_UP COUNT: decoded Frames, through `map`, whose memory is given back.
import { map } from 'rxjs';
import { fromPull, release } from 'rxzmq';
import { meter, onOrder, say } from './peer.mjs';

const [driver, endpoint, warmUp, count] = process.argv.slice(2);
onOrder(() => undefined);
fromPull(endpoint, { driver })
  .pipe(
    map((frame) => {
      const bytes = frame.samples.byteLength;
      release(frame);
      return bytes;
    }),
  )
  .subscribe(meter(Number(warmUp), Number(count)));
say('ready');
