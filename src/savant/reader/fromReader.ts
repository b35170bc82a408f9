import { attributed } from '../../basics/attributed.js';
import { Observable } from 'rxjs';
import type { Parts } from '../../basics/Parts.js';
import { run } from '../../demand/run.js';
import { readLoop } from '../../endpoints/receiving/readLoop.js';
import { invalidHandler } from '../../endpoints/status/invalidMessages.js';
import { Outlet } from '../../rx/Outlet.js';
import { watchStalls } from '../../endpoints/status/watchStalls.js';
import { type FromReaderOptions, fromReaderRules } from '../config/ReaderOptions.js';
import { readerSettings } from '../config/readerSettings.js';
import { Blacklist } from '../rules/Blacklist.js';
import { Deadline } from '../../time/Deadline.js';
import { ReaderChannel } from './ReaderChannel.js';
import type { ReaderResult } from './ReaderResult.js';

/**
 * Receives as a savant_rs reader does, over a SUB, ROUTER or REP socket: emits messages, and results for messages that it did not accept.
 *
 * The URL is savant_rs's: `router+bind:tcp://*:5555`; without type and mode it is a ROUTER that binds. REP answers each message,
 * and ROUTER each end of a stream, when it is read and before it is emitted.
 *
 * **Delivery** ROUTER and REP: lossless while a peer lives; messages that are not read wait at the senders, up to their high-water
 * marks. SUB: the publisher drops messages that are not read in time.
 *
 * **Ends** Never by itself: the end of a stream is a message,
 * and the reader waits for a disconnected peer to come back. Error: the endpoint cannot be bound, the driver cannot be loaded, or
 * `onInvalid: 'error'`. Unsubscribing closes the socket.
 * ```text
 * writer A  --a-----b-----$-->    $ is the end of the stream
 * writer B  -----x-----c----->    x has another version
 * output    --a--v--b--c--$-->    v is a versionMismatch
 * ```
 *
 * **Example**
 * {@includeCode ../../../examples/savantReader.ts#main}
 *
 * @param url type, side and endpoint, such as `router+bind:tcp://*:5555`
 * @param options topics, versions and limits
 * @throws EndpointError, OptionError, UnsupportedError at the call
 * @see {@link openReader} for savant_rs's own methods, {@link toWriter} for the other side
 */
export function fromReader(url: string, options: FromReaderOptions = {}): Observable<ReaderResult> {
  const settings = readerSettings('fromReader', url, options, fromReaderRules);
  const { clock } = settings.socket.raw;
  const { receiveTimeoutMs } = settings;
  const { emitTimeouts = false, onInvalid = 'skip' } = options;
  const self: Observable<ReaderResult> = new Observable<ReaderResult>((subscriber) => {
    const out = Outlet.of(subscriber, self, options.demand);
    const { demand } = out;
    const blacklist = new Blacklist(clock, settings.sourceBlacklistSize, settings.sourceBlacklistTtlMs);
    const silence = emitTimeouts ? new Deadline(clock, () => run(timeOut)) : undefined;
    const timeOut = (): void => {
      if (out.closed) return;
      silence?.set(receiveTimeoutMs);
      if (demand?.hasRoom() !== false) out.next({ kind: 'timeout' });
    };
    const take = (parts: Parts): void => {
      silence?.set(receiveTimeoutMs);
      let result: ReaderResult;
      try {
        result = channel.take(parts);
      } catch (error) {
        invalid(channel, error, parts);
        return;
      }
      out.next(result);
    };
    const stalls = watchStalls(
      clock,
      () => channel,
      (status) => channel.notify(status),
    );
    const channel: ReaderChannel = new ReaderChannel(settings, blacklist, {
      below: out.below,
      readable: readLoop({
        clock,
        read: () => (out.closed ? undefined : channel.read()),
        take,
        demand,
        stalls,
      }),
      status: () => undefined,
      failed: (error) => out.error(attributed(error, 'fromReader')),
      closed: () => undefined,
    });
    const invalid = invalidHandler('fromReader', onInvalid, (status) => channel.notify(status), out);
    silence?.set(receiveTimeoutMs);
    return () => {
      silence?.close();
      stalls.close();
      channel.close();
    };
  });
  return self;
}
