// zeromq.js by hand: WHERE WARM_UP COUNT. Looks at the length of the payload and at nothing else.
import { Pull } from 'zeromq';
import { meter, onOrder, open } from './peer.mjs';

const [where, warmUp, count] = process.argv.slice(2);
onOrder();
const received = meter(Number(warmUp), Number(count));
const pull = new Pull();
await open(pull, where);
for await (const [, payload] of pull) received(payload.length);
