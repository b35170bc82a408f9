// DRIVER ENDPOINT WARM_UP COUNT: decoded Frames, through `map`. Binds an endpoint whose port is `*`.
import { map } from 'rxjs';
import { fromPull } from 'rxzmq';
import { meter, onOrder, opening, say } from './peer.mjs';

const [driver, endpoint, warmUp, count] = process.argv.slice(2);
onOrder(() => undefined);
fromPull(endpoint, opening(driver, endpoint))
  .pipe(map((frame) => frame.samples.byteLength))
  .subscribe(meter(Number(warmUp), Number(count)));
if (!endpoint.endsWith('*')) say('ready');
