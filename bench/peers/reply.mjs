// DRIVER: sends back the Frame it gets.
import { reply } from 'rxzmq';
import { onOrder, place } from './peer.mjs';

const [endpoint, options] = place('@tcp://127.0.0.1:*', process.argv[2]);
onOrder();
reply(endpoint, (frame) => frame, options).subscribe();
