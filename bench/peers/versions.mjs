// The libzmq that zeromq.js has in it.
import { version } from 'zeromq';

console.log(version);
