// zeromq.js by hand: ENDPOINT WARM_UP COUNT. Looks at the length of the payload and at nothing else.
import { Pull } from 'zeromq';
import { meter, onOrder, say } from './peer.mjs';

const [endpoint, warmUp, count] = process.argv.slice(2);
onOrder(() => undefined);
const received = meter(Number(warmUp), Number(count));
const pull = new Pull();
pull.connect(endpoint);
say('ready');
for await (const [, payload] of pull) received(payload.length);
