// DRIVER OPERATOR ENDPOINT WARM_UP COUNT: one inner Observable for each Frame, by an operator that tells the source of
// its room (pacedMap) or by one of RxJS that does the same without (mergeMap).
import { mergeMap, of } from 'rxjs';
import { fromPull, pacedMap } from 'rxzmq';
import { meter, onOrder, say } from './peer.mjs';

const [driver, operator, endpoint, warmUp, count] = process.argv.slice(2);
const inTurn = operator === 'pacedMap' ? pacedMap : mergeMap;
onOrder();
fromPull(endpoint, { driver })
  .pipe(inTurn((frame) => of(frame.samples.byteLength)))
  .subscribe(meter(Number(warmUp), Number(count)));
say('ready');
