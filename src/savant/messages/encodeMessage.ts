import { writeMessage } from '../schema/codec.js';
import { Refusal, requireObject } from '../schema/Refusal.js';
import { Writer } from '../schema/Writer.js';
import { MessageError } from '../schema/MessageError.js';
import type { Message } from '../schema/types.js';

/** What goes on the wire in place of a message's own. */
export interface MessageOverrides {
  /** @default the message's */
  readonly seqId?: bigint | undefined;
  /** @default the message's */
  readonly systemId?: string | undefined;
  /** @default the message's */
  readonly protocolVersion?: string | undefined;
}

/** The writer that nobody uses at the moment; a getter of a message may encode another one. */
let idle: Writer | undefined;

/**
 * Turns a message into the bytes that savant peers read.
 *
 * Attributes that are not persistent stay behind, but for those of objects: there, the hidden ones do. Numbers that the
 * wire has as floats of 32 bits are rounded.
 *
 * @param overrides what a writer stamps a message with, without a copy of it
 * @throws MessageError where a peer would fail on the message: a field is missing, of a wrong type or out of range, a
 * UUID is none, an object's parent is not in its frame, a polygon's tags are not as many as its points. `path` names the field.
 * @example
 * ```ts
 * const bytes = encodeMessage(message(endOfStream('cam-1')));
 * ```
 */
export function encodeMessage(message: Message, overrides?: MessageOverrides): Uint8Array {
  const writer = idle ?? new Writer();
  idle = undefined;
  try {
    requireObject(message);
    writeMessage(writer, message, overrides?.seqId, overrides?.systemId, overrides?.protocolVersion);
    return writer.finish();
  } catch (error) {
    writer.reset();
    if (!(error instanceof Refusal)) throw error;
    throw new MessageError(error.path, `${error.path === '' ? 'a message' : error.path} ${error.reason}`);
  } finally {
    idle = writer;
  }
}
