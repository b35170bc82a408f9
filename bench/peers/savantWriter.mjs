// TYPE PAYLOAD_BYTES MARK WHERE: a dealer or pub writer; each frame message has one part of data, which is the socket's.
import { toWriter } from 'rxzmq/savant';
import { giving, place, say } from './peer.mjs';
import { frameMessage } from './savantFrame.mjs';

const [type, payloadBytes, mark, where] = process.argv.slice(2);
const [endpoint] = place(where);
const outgoing = { message: frameMessage, topic: 'test', data: new Uint8Array(Number(payloadBytes)) };
const status = (event) => event.kind === 'listening' && say('bound', { endpoints: [event.endpoint] });
// savant's endpoints call any free port 0
giving(
  toWriter(`${type}+bind:${endpoint.replace(/:\*$/, ':0')}`, {
    sendHighWaterMark: Number(mark),
    zeroCopy: true,
    status,
  }),
  () => outgoing,
);
