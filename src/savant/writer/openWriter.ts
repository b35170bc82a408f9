import { type OpenWriterOptions, openWriterRules } from '../config/WriterOptions.js';
import { writerSettings } from '../config/writerSettings.js';
import type { SavantWriter } from './SavantWriter.js';
import { WriterHandle } from './WriterHandle.js';

/**
 * Opens a writer with the methods of savant_rs, for ported programs. With `maxInflightMessages`, which is the length of its queue,
 * it is the non-blocking writer; without it the blocking writer, in which each message waits for the one before.
 *
 * **Example**
 * {@includeCode ../../../examples/savantHandles.ts#main}
 *
 * @param url type, side and endpoint, such as `dealer+connect:tcp://127.0.0.1:5555`
 * @param options the version, deadlines and limits, and how many messages may be in flight
 * @throws EndpointError, OptionError, UnsupportedError at the call
 * @see {@link toWriter} for the same as an operator
 */
export function openWriter(url: string, options: OpenWriterOptions = {}): SavantWriter {
  return new WriterHandle(writerSettings('openWriter', url, options, openWriterRules), options.maxInflightMessages);
}
