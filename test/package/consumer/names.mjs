import * as rxzmq from 'rxzmq';

console.log(Object.keys(rxzmq).sort().join('\n'));
