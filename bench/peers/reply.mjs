// Sends back the Frame it gets.
import { reply } from 'rxzmq';
import { onOrder, say } from './peer.mjs';

function status({ kind, endpoint }) {
  if (kind === 'listening') say('bound', { endpoints: [endpoint] });
}

onOrder(() => undefined);
reply('tcp://127.0.0.1:*', (frame) => frame, { status }).subscribe();
