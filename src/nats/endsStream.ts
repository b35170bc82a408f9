import { isEnd, newHeader, readHeader } from '../dpstream/header.js';

const header = newHeader();

/** Whether a message is an end of stream that doppler accepts as one; other messages are reported as invalid. */
export function endsStream(message: Uint8Array): boolean {
  if (!isEnd(message)) return false;
  try {
    readHeader(message, header);
    return true;
  } catch {
    return false;
  }
}
