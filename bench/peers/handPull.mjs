// zeromq.js by hand: WHERE WARM_UP COUNT. Looks at the magic number and whether the payload is as long as it should be.
import { Pull } from 'zeromq';
import { meter, onOrder, open } from './peer.mjs';

const MAGIC = 0x53494753;
const SAMPLES_AT = 56;
const [where, warmUp, count] = process.argv.slice(2);
onOrder();
const received = meter(Number(warmUp), Number(count));
const pull = new Pull();
await open(pull, where);
for await (const [header, payload] of pull) {
  if (header.readUInt32LE(0) !== MAGIC || header.readUInt32LE(SAMPLES_AT) * 8 !== payload.length) {
    throw new Error('the frame is invalid');
  }
  received(payload.length);
}
