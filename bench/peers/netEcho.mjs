// Bare node:net: sends back the bytes it gets.
import { createServer } from 'node:net';
import { onOrder, say } from './peer.mjs';

onOrder();
const server = createServer({ noDelay: true }, (socket) => socket.on('data', (bytes) => socket.write(bytes)));
server.listen(0, '127.0.0.1', () => say('bound', { endpoints: [`tcp://127.0.0.1:${server.address().port}`] }));
