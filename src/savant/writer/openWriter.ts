import { type OpenWriterOptions, openWriterRules } from '../config/WriterOptions.js';
import { writerSettings } from '../config/writerSettings.js';
import type { SavantWriter } from './SavantWriter.js';
import { WriterHandle } from './WriterHandle.js';

/**
 * A writer with savant_rs's own methods, for programs that are ported from it. With `maxInflightMessages` it is the non-blocking
 * one, whose queue is so long; without it the blocking one, of which each message waits for the one before.
 *
 * **Example**
 * {@includeCode ../../../examples/savantHandles.ts#main}
 * @throws EndpointError, OptionError, UnsupportedError at the call
 * @see {@link toWriter} for the same as an operator
 */
export function openWriter(url: string, options: OpenWriterOptions = {}): SavantWriter {
  return new WriterHandle(writerSettings('openWriter', url, options, openWriterRules), options.maxInflightMessages);
}
