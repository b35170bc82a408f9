// zeromq.js by hand: MARK WHERE WARM_UP COUNT. Looks at the length of the last part and at nothing else.
import { Router } from 'zeromq';
import { meter, onOrder, open } from './peer.mjs';

const [mark, where, warmUp, count] = process.argv.slice(2);
onOrder();
const received = meter(Number(warmUp), Number(count));
const router = new Router({ receiveHighWaterMark: Number(mark) });
await open(router, where);
for await (const [, , , payload] of router) received(payload.length);
