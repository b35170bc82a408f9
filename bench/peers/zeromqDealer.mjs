// zeromq.js by hand: PAYLOAD_BYTES MARK WHERE. Sends the same three buffers again and again, no protobuf.
import { Dealer } from 'zeromq';
import { onOrder, open, say } from './peer.mjs';

const [payloadBytes, mark, where] = process.argv.slice(2);
const message = [Buffer.from('test'), Buffer.alloc(540), Buffer.alloc(Number(payloadBytes))];
const dealer = new Dealer({ sendHighWaterMark: Number(mark) });
onOrder(async (count) => {
  for (let i = 0; i < count; i += 1) await dealer.send(message);
  say('sent', { count });
});
await open(dealer, where);
