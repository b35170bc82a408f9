// SOURCE ENDPOINT WARM_UP COUNT: decoded Frames, through `map`. SOURCE is fromSub or fromPull.
import { map } from 'rxjs';
import { fromPull, fromSub } from 'rxzmq';
import { meter, onOrder, say } from '../peer.mjs';

const [source, endpoint, warmUp, count] = process.argv.slice(2);
onOrder();
const status = ({ kind }) => kind === 'connected' && say('ready');
({ fromPull, fromSub })
  [source](endpoint, { status })
  .pipe(map((frame) => frame.samples.byteLength))
  .subscribe(meter(Number(warmUp), Number(count)));
