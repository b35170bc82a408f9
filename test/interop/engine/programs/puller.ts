// A PULL of the engine in a process of its own, which its test can freeze. It tells its endpoint, then how much has come,
// and ends when its stdin does.
import { openEngineSocket } from '../../../helpers/openEngineSocket.js';
import { defaultClock } from '../../../../src/rx/defaultClock.js';

process.stdin.resume().on('end', () => process.exit());

let count = 0;
const socket = openEngineSocket(
  {
    type: 'pull',
    clock: defaultClock,
    endpoints: [],
    bind: true,
    highWaterMark: 1000,
    maxMessageBytes: 2 ** 20,
    limits: {},
    reconnect: false,
    heartbeat: false,
    requiresPeer: false,
    options: {},
  },
  {
    readable: () => {
      while (socket.read() !== undefined) process.stdout.write(`${(count += 1)}\n`);
    },
    writable: () => undefined,
    status: (status) => void (status.kind === 'listening' && process.stdout.write(`${status.endpoint}\n`)),
    failed: (error) => {
      throw error;
    },
    closed: () => undefined,
  },
);
socket.bind('tcp://127.0.0.1:*');
