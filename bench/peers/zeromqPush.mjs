// zeromq.js by hand: PAYLOAD_BYTES WHERE. Sends the same two buffers again and again, one `await send` after the other.
import { Push } from 'zeromq';
import { messageOf, onOrder, open, say } from './peer.mjs';

const message = messageOf(Number(process.argv[2]));
const push = new Push();
onOrder(async (count) => {
  for (let i = 0; i < count; i += 1) await push.send(message);
  say('sent', { count });
});
await open(push, process.argv[3]);
