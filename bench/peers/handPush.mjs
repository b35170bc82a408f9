// zeromq.js by hand: PAYLOAD_BYTES WHERE. Each frame has a header of its own with the next sequence number.
import { Push } from 'zeromq';
import { messageOf, onOrder, open, say } from './peer.mjs';

const SEQUENCE_AT = 24;
const [header, payload] = messageOf(Number(process.argv[2]));
const push = new Push();
let sequence = 0;
onOrder(async (count) => {
  for (let i = 0; i < count; i += 1) {
    const own = Buffer.from(header);
    own.writeUInt32LE(sequence, SEQUENCE_AT);
    sequence += 1;
    await push.send([own, payload]);
  }
  say('sent', { count });
});
await open(push, process.argv[3]);
