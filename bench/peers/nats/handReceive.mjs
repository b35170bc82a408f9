// The official client by hand: ROLE ENDPOINT WARM_UP COUNT. ROLE is `subscribe`, with a callback, or `pull`, with `consume`.
import { AckPolicy, jetstream, jetstreamManager, RetentionPolicy } from '@nats-io/jetstream';
import { meter, onOrder, say } from '../peer.mjs';
import { decode, open } from './hand.mjs';

const [role, endpoint, warmUp, count] = process.argv.slice(2);
onOrder();
const received = meter(Number(warmUp), Number(count));
const { client, base } = await open(endpoint);
if (role === 'subscribe') {
  client.subscribe(`iq.${base}.>`, { callback: (_, { data }) => received(decode(data).samples.byteLength) });
  await client.flush();
  say('ready');
} else {
  const manager = await jetstreamManager(client);
  const [stream, consumer] = [`DP_WORK_${base}`, `DP_PULL_${base}`];
  await manager.streams.add({ name: stream, subjects: [`work.${base}.>`], retention: RetentionPolicy.Workqueue });
  await manager.consumers.add(stream, {
    durable_name: consumer,
    ack_policy: AckPolicy.Explicit,
    max_ack_pending: 1000,
  });
  const messages = await (await jetstream(client).consumers.get(stream, consumer)).consume({ max_messages: 256 });
  say('ready');
  for await (const message of messages) {
    received(decode(message.data).samples.byteLength);
    message.ack();
  }
}
