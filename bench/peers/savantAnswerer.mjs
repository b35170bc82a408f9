// A rep reader, which answers by itself.
import { fromReader } from 'rxzmq/savant';
import { onOrder, say } from './peer.mjs';

onOrder();
const status = (event) => event.kind === 'listening' && say('bound', { endpoints: [event.endpoint] });
fromReader('rep+bind:tcp://127.0.0.1:0', { status }).subscribe();
