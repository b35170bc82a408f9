import { isEnd, newHeader, readHeader } from '../dpstream/header.js';

const header = newHeader();

/** Whether a message is an end of stream, and one that doppler takes for one: else it is told as invalid. */
export function endsStream(message: Uint8Array): boolean {
  if (!isEnd(message)) return false;
  try {
    readHeader(message, header);
    return true;
  } catch {
    return false;
  }
}
