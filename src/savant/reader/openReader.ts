import { type OpenReaderOptions, openReaderRules } from '../config/ReaderOptions.js';
import { readerSettings } from '../config/readerSettings.js';
import { ReaderHandle } from './ReaderHandle.js';
import type { SavantReader } from './SavantReader.js';

/**
 * Opens a reader with the methods of savant_rs, for ported programs. With `resultsQueueSize` it is the non-blocking reader, which
 * reads ahead; without it the blocking reader, which reads a message when `receive` is called.
 *
 * **Example**
 * {@includeCode ../../../examples/savantHandles.ts#main}
 *
 * @param url type, side and endpoint, such as `router+bind:tcp://*:5555`
 * @param options topics, versions and limits, and how many results to read ahead
 * @throws EndpointError, OptionError, UnsupportedError at the call
 * @see {@link fromReader} for the same as an Observable
 */
export function openReader(url: string, options: OpenReaderOptions = {}): SavantReader {
  return new ReaderHandle(readerSettings('openReader', url, options, openReaderRules), options.resultsQueueSize);
}
