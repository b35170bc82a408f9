// zeromq.js by hand: PAYLOAD_BYTES. Sends the same two buffers again and again, one `await send` after the other.
import { Push } from 'zeromq';
import { cpuUs, messageOf, onOrder, say } from './peer.mjs';

const message = messageOf(Number(process.argv[2]));
const push = new Push();
await push.bind('tcp://127.0.0.1:*');
onOrder(async (count) => {
  const cpuAtStart = cpuUs();
  for (let i = 0; i < count; i += 1) await push.send(message);
  say('sent', { count, cpuUs: cpuUs() - cpuAtStart });
});
say('bound', { endpoints: [push.lastEndpoint] });
