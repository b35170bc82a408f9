// DRIVER: sends back the Frame it gets.
import { reply } from 'rxzmq';
import { onOrder, opening } from './peer.mjs';

const endpoint = 'tcp://127.0.0.1:*';
onOrder(() => undefined);
reply(endpoint, (frame) => frame, opening(process.argv[2], endpoint)).subscribe();
