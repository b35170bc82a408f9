import type { Message } from '../schema/types.js';

/** The input of a writer. A `message` result of a reader is one. */
export interface Outgoing {
  readonly message: Message;
  /** The topic, by which readers filter. @default the source of the payload; batches, updates and the like have none */
  readonly topic?: string | Uint8Array | undefined;
  /** Further parts; savant_rs puts the content of a frame there if it is not in the message. Readers drop those of an end of stream. */
  readonly data?: Uint8Array | readonly Uint8Array[] | undefined;
}
