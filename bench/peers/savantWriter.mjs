// TYPE ENDPOINT PAYLOAD_BYTES MARK: binds a dealer or pub writer; each frame message has one part of data, which is the
// socket's.
import { toWriter } from 'rxzmq/savant';
import { giving, say } from './peer.mjs';
import { frameMessage } from './savantFrame.mjs';

const [type, endpoint, payloadBytes, mark] = process.argv.slice(2);
const outgoing = { message: frameMessage, topic: 'test', data: new Uint8Array(Number(payloadBytes)) };
const status = (event) => event.kind === 'listening' && say('bound', { endpoints: [event.endpoint] });
giving(
  toWriter(`${type}+bind:${endpoint}`, { sendHighWaterMark: Number(mark), zeroCopy: true, status }),
  () => outgoing,
);
