// The official client by hand: ROLE PAYLOAD_BYTES WINDOW ENDPOINT. ROLE is `publish`, with a flush after so many bytes as a
// brake, or `push`, with at most WINDOW messages that JetStream has not confirmed.
import { jetstream } from '@nats-io/jetstream';
import { onOrder, say } from '../peer.mjs';
import { encode, open } from './hand.mjs';

const FLUSHED_AFTER_BYTES = 256 * 1024;
const [role, payloadBytes, window, endpoint] = process.argv.slice(2);
const samples = new Float32Array(Number(payloadBytes) / 4);
const { client, base } = await open(endpoint);
const js = jetstream(client);

const send = {
  async publish(count) {
    let bytes = 0;
    for (let i = 0; i < count; i += 1) {
      const message = encode(samples);
      client.publish(`iq.${base}.CF32`, message);
      bytes += message.length;
      if (bytes < FLUSHED_AFTER_BYTES) continue;
      bytes = 0;
      await client.flush();
    }
    await client.flush();
  },
  async push(count) {
    let left = count;
    const one = async () => {
      while (left > 0) {
        left -= 1;
        await js.publish(`work.${base}.CF32`, encode(samples));
      }
    };
    await Promise.all(Array.from({ length: Number(window) }, one));
  },
}[role];

onOrder(async (count) => {
  await send(count);
  say('sent', { count });
});
say('ready');
