// zeromq.js by hand: MARK ENDPOINT WARM_UP COUNT. Looks at the length of the last part and at nothing else.
import { Router } from 'zeromq';
import { meter, onOrder, say } from './peer.mjs';

const [mark, endpoint, warmUp, count] = process.argv.slice(2);
onOrder(() => undefined);
const received = meter(Number(warmUp), Number(count));
const router = new Router({ receiveHighWaterMark: Number(mark) });
router.connect(endpoint);
say('ready');
for await (const [, , , payload] of router) received(payload.length);
