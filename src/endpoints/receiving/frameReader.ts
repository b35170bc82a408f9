import type { Parts } from '../../basics/Parts.js';
import { decodeParts } from '../../frame/decodeParts.js';
import { FrameCursor } from '../../driver/FrameCursor.js';
import { requireLittleEndian } from '../../samples/littleEndian.js';
import { readFrame, readFrameAt } from '../../frame/readFrame.js';
import { copyParts } from '../../memory/copyParts.js';
import { copyToPage } from '../../memory/pages.js';
import { COPIED_BELOW_BYTES } from '../../memory/copiedBelow.js';
import type { Socket } from '../../driver/Socket.js';

const cursor = new FrameCursor(); // one for all sockets: it is valid until the next read

/** Reads frames without copying or allocating, as far as the driver can do that. */
export const frameReader = {
  read: (socket: Socket): Parts | undefined => (socket.readAt ? socket.readAt(cursor) : socket.read()),

  /** @throws FrameError */
  decode(parts: Parts, peer: number | undefined): unknown {
    requireLittleEndian();
    if (parts === cursor.parts) return readFrameAt(cursor, peer);
    const [header, payload] = parts;
    if (parts.length !== 2 || !header || !payload) return decodeParts(parts); // it throws an error that says what is wrong
    const { length } = payload;
    return readFrame(header, length < COPIED_BELOW_BYTES ? copyToPage(payload, 0, length) : payload, peer);
  },

  /** The message that was read last, as parts that belong to the caller. */
  partsOf(parts: Parts): Parts {
    if (parts !== cursor.parts) return copyParts(parts);
    const { header, headerStart, headerLength, payload, payloadStart, payloadLength } = cursor;
    return [
      header.slice(headerStart, headerStart + headerLength),
      payload.slice(payloadStart, payloadStart + payloadLength),
    ];
  },
};
