// TYPE MARK ENDPOINT WARM_UP COUNT: decoded messages of a router or sub reader.
import { fromReader } from 'rxzmq/savant';
import { meter, onOrder, say } from './peer.mjs';

const [type, mark, endpoint, warmUp, count] = process.argv.slice(2);
onOrder();
const received = meter(Number(warmUp), Number(count));
const status = (event) => event.kind === 'connected' && say('ready');
fromReader(`${type}+connect:${endpoint}`, { receiveHighWaterMark: Number(mark), status }).subscribe((result) =>
  received(result.data[0].length),
);
