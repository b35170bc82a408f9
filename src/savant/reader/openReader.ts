import { type OpenReaderOptions, openReaderRules } from '../config/ReaderOptions.js';
import { readerSettings } from '../config/readerSettings.js';
import { ReaderHandle } from './ReaderHandle.js';
import type { SavantReader } from './SavantReader.js';

/**
 * A reader with savant_rs's own methods, for programs that are ported from it. With `resultsQueueSize` it is the non-blocking one,
 * which reads ahead; without it the blocking one, which reads a message when it is asked for.
 *
 * **Example**
 * {@includeCode ../../../examples/savantHandles.ts#main}
 * @throws EndpointError, OptionError, UnsupportedError at the call
 * @see {@link fromReader} for the same as an Observable
 */
export function openReader(url: string, options: OpenReaderOptions = {}): SavantReader {
  return new ReaderHandle(readerSettings('openReader', url, options, openReaderRules), options.resultsQueueSize);
}
