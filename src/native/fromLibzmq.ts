import type { Parts } from '../basics/Parts.js';
import type { SocketType } from '../driver/SocketSettings.js';

/** A message of zeromq.js, as parts of plain memory: a routing id or group is the first part. */
export function fromLibzmq(type: SocketType, received: unknown[]): Parts {
  if (type === 'server') {
    const [body, { routingId }] = received as [Uint8Array, { routingId: number }];
    const id = new Uint8Array(4);
    new DataView(id.buffer).setUint32(0, routingId);
    return [id, plain(body)];
  }
  if (type === 'dish') {
    const [body, { group }] = received as [Uint8Array, { group: Uint8Array }];
    return [plain(group), plain(body)];
  }
  const parts = received as Parts;
  for (let i = 0; i < parts.length; i += 1) parts[i] = plain(parts[i]!);
  return parts;
}

function plain(part: Uint8Array): Uint8Array {
  return new Uint8Array(part.buffer, part.byteOffset, part.length);
}
