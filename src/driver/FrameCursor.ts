import type { Parts } from '../basics/Parts.js';

const NOTHING: Uint8Array = new Uint8Array();

/**
 * Where the header and the payload of a message of two parts stand, until the next read: without a view of each, which would
 * cost more than reading them does.
 */
export class FrameCursor {
  header = NOTHING;
  headerStart = 0;
  headerLength = 0;
  payload = NOTHING;
  payloadStart = 0;
  payloadLength = 0;
  /** The payload has its buffer for itself. */
  ownsPayload = false;
  /** What `read` gives where the cursor stands on the message; any other message comes as its parts. */
  readonly parts: Parts = [];
}

/** How a message is read: its parts are the caller's, or borrowed, or wherever a cursor stands. */
export type Borrow = boolean | FrameCursor;
