import { MessageError } from '../schema/MessageError.js';
import { Refusal, requireObject } from '../schema/Refusal.js';
import type { Message } from '../schema/types.js';
import { writeMessage } from '../schema/codec.js';
import { Writer } from '../schema/Writer.js';
import type { MessageOverrides } from './MessageOverrides.js';

/** The writer that is free at the moment; a getter of a message may encode another message. */
let idle: Writer | undefined;

/**
 * Writes the bytes of a message, to memory that `copy` allocates.
 *
 * @throws MessageError like `encodeMessage`
 */
export function writeBytes(
  message: Message,
  overrides: MessageOverrides | undefined,
  copy: (from: Uint8Array, start: number, length: number) => Uint8Array,
): Uint8Array {
  const writer = idle ?? new Writer();
  idle = undefined;
  try {
    requireObject(message);
    writeMessage(writer, message, overrides?.seqId, overrides?.systemId, overrides?.protocolVersion);
    return writer.finish(copy);
  } catch (error) {
    writer.reset();
    if (!(error instanceof Refusal)) throw error;
    throw new MessageError(error.path, `${error.path === '' ? 'a message' : error.path} ${error.reason}`);
  } finally {
    idle = writer;
  }
}
