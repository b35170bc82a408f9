import type { Parts } from '../basics/Parts.js';

const NOTHING: Uint8Array = new Uint8Array();

/**
 * The positions of the header and the payload of a message of two parts, until the next read: without a view of each, which would
 * cost more than reading them.
 */
export class FrameCursor {
  header = NOTHING;
  headerStart = 0;
  headerLength = 0;
  payload = NOTHING;
  payloadStart = 0;
  payloadLength = 0;
  /** The payload is alone in its buffer. */
  ownsPayload = false;
  /** The result of `read` if the cursor is on the message; any other message is returned as parts. */
  readonly parts: Parts = [];
}

/** How to read a message: its parts belong to the caller, are borrowed, or are at a cursor. */
export type Borrow = boolean | FrameCursor;
