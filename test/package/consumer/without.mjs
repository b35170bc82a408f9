import * as rxzmq from 'rxzmq';
import ask from './without.cjs';

await ask(rxzmq);
