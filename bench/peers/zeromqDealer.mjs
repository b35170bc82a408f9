// zeromq.js by hand: ENDPOINT PAYLOAD_BYTES MARK. Sends the same three buffers again and again, no protobuf.
import { Dealer } from 'zeromq';
import { cpuUs, onOrder, say } from './peer.mjs';

const [endpoint, payloadBytes, mark] = process.argv.slice(2);
const message = [Buffer.from('test'), Buffer.alloc(540), Buffer.alloc(Number(payloadBytes))];
const dealer = new Dealer({ sendHighWaterMark: Number(mark) });
await dealer.bind(endpoint);
onOrder(async (count) => {
  const cpuAtStart = cpuUs();
  for (let i = 0; i < count; i += 1) await dealer.send(message);
  say('sent', { count, cpuUs: cpuUs() - cpuAtStart });
});
say('bound', { endpoints: [dealer.lastEndpoint] });
