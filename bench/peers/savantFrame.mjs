// The frame message of the savant peers, of some 540 bytes: three objects, and attributes of several kinds.
import { attribute, message, videoFrame, videoObject } from 'rxzmq/savant';

const detectionBox = { xc: 0, yc: 0, width: 0, height: 0 };
const named = (name, ...values) => attribute({ namespace: 'system', name, values });

export const frameMessage = message(
  videoFrame({
    sourceId: 'test',
    framerate: '30/1',
    width: 1280,
    height: 720,
    objects: [0, 1, 2].map((id) => videoObject({ id, namespace: 'test', label: 'test2', detectionBox })),
    attributes: [
      named('bytes', { kind: 'bytes', dims: [8n, 3n, 8n], data: new Uint8Array(192) }),
      named('integers', { kind: 'integerVector', value: [1n, 2n, 3n, 4n, 5n, 6n] }),
      named('text', { kind: 'string', value: 'hello' }),
      named('temporary', { kind: 'temporary' }),
    ],
  }),
);
