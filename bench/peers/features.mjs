// DRIVER...: which of them the built package refuses, and why; and whether it can give memory back.
import * as rxzmq from 'rxzmq';

const refused = {};
for (const driver of process.argv.slice(2)) {
  try {
    rxzmq.fromPull('tcp://127.0.0.1:1', { driver }); // checks its options; nothing is opened before it is subscribed
  } catch (error) {
    refused[driver] = error.message;
  }
}
console.log(JSON.stringify({ refused, release: typeof rxzmq.release === 'function' }));
