// ENDPOINT WARM_UP COUNT: decoded Frames, through `map`.
import { map } from 'rxjs';
import { fromPull } from 'rxzmq';
import { meter, onOrder, say } from './peer.mjs';

const [endpoint, warmUp, count] = process.argv.slice(2);
onOrder(() => undefined);
fromPull(endpoint)
  .pipe(map((frame) => frame.samples.byteLength))
  .subscribe(meter(Number(warmUp), Number(count)));
say('ready');
