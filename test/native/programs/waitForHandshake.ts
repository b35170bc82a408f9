// Binds a PULL of libzmq that wants a password, writes its endpoint, and then what the first handshake that fails is told as.
import { openSocket } from '../../../src/sockets/openSocket.js';

const socket = openSocket('pull', {
  driver: 'native',
  security: { mechanism: 'plain', authenticate: () => true },
  handshakeTimeoutMs: 1000,
  status: (status) => {
    if (status.kind === 'listening') console.log(status.endpoint);
    if (status.kind !== 'handshakeFailed') return;
    console.log(JSON.stringify([(status.error as Error).name, status.reason]));
    void socket.close();
  },
});
socket.bind('tcp://127.0.0.1:*');
