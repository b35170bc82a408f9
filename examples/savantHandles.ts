// #region main
import { message, openReader, openWriter, userData } from 'rxzmq/savant';

const place = `ipc:///tmp/savant-handles-${process.pid}/data`;
const reader = openReader(`rep+bind:${place}`, { resultsQueueSize: 10 });
const writer = openWriter(`req+connect:${place}`, { maxInflightMessages: 10 });
await reader.start();
await writer.start();

const operation = writer.send('cam-1', message(userData('cam-1')), new Uint8Array(100));
const result = await reader.receive();
if (result.kind === 'message') console.log(result.message.payload.kind, result.data[0]?.length);

const { kind } = await operation.get();
console.log(kind);

const end = writer.sendEos('cam-1');
await reader.receive();
console.log((await end.get()).kind);

await writer.shutdown();
await reader.shutdown();
// #endregion main
