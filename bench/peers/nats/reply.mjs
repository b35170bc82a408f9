// WHOSE ENDPOINT: sends back the frame it gets. WHOSE as in `request.mjs`.
import { reply } from 'rxzmq';
import { onOrder, say } from '../peer.mjs';
import { decode, encode, open } from './hand.mjs';

const [whose, endpoint] = process.argv.slice(2);
const bound = () => say('bound', { endpoints: [endpoint] });
onOrder();
if (whose === 'ours')
  reply(endpoint, (frame) => frame, { status: ({ kind }) => kind === 'connected' && bound() }).subscribe();
else {
  const { client, base } = await open(endpoint);
  client.subscribe(base, { callback: (_, message) => message.respond(encode(decode(message.data).samples)) });
  await client.flush();
  bound();
}
