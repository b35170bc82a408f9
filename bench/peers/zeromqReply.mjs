// zeromq.js by hand: sends back what it gets.
import { Reply } from 'zeromq';
import { onOrder, say } from './peer.mjs';

const reply = new Reply();
await reply.bind('tcp://127.0.0.1:*');
onOrder(() => undefined);
say('bound', { endpoints: [reply.lastEndpoint] });
for await (const message of reply) await reply.send(message);
