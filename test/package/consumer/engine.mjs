import * as rxzmq from 'rxzmq';
import exchange from './engine.cjs';

await exchange(rxzmq);
