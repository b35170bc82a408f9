import * as rxzmq from 'rxzmq';
import exchange from './exchange.cjs';

exchange(rxzmq, rxzmq);
