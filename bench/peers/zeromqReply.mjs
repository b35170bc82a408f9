// zeromq.js by hand: sends back what it gets.
import { Reply } from 'zeromq';
import { onOrder, open } from './peer.mjs';

const reply = new Reply();
onOrder();
await open(reply, '@tcp://127.0.0.1:*');
for await (const message of reply) await reply.send(message);
