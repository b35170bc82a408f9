import type { Message } from '../schema/types.js';

/** What a writer sends. A `message` result of a reader is one. */
export interface Outgoing {
  readonly message: Message;
  /** What readers choose by. @default the source that the payload names; there is none for batches, updates and the like */
  readonly topic?: string | Uint8Array | undefined;
  /** Further parts, where savant_rs puts the content of a frame that is not in the message. Readers drop those of an end of stream. */
  readonly data?: Uint8Array | readonly Uint8Array[] | undefined;
}
