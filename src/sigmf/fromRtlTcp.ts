import { isObservable, type Observable, using } from 'rxjs';
import type { Demand } from '../demand/types.js';
import { frameRules } from '../frame/frameOptions.js';
import type { SampleType } from '../samples/types.js';
import type { Frame } from '../frame/types.js';
import { checkOptions, isDemand, isDuration, isInteger, type Rule } from '../options/rules.js';
import { isListener, type Listener, notifier } from '../rx/notifier.js';
import { requireRealTime } from '../time/VirtualTime.js';
import { fromIterable } from '../sources/fromIterable.js';
import { aborting } from './reading/aborting.js';
import { settingRules } from './rtl/commands.js';
import { parseAddress } from './rtl/parseAddress.js';
import { receive } from './rtl/receive.js';
import type { RtlTcpInfo, RtlTcpSettings } from './rtl/RtlTcpSettings.js';

/** Options of {@link fromRtlTcp}. */
export interface FromRtlTcpOptions<S extends SampleType = SampleType> extends RtlTcpSettings {
  /** Settings to change while it runs: `{ centerFreq: 98e6 }`. Frames have them from the next block on. @default none */
  readonly commands?: Observable<RtlTcpSettings> | undefined;
  /**
   * The sample type to convert to: `'ci8'`, unconverted, with zero at 128; or floats with zero at 127.5, where it really is.
   * @default 'ci8'
   */
  readonly sampleType?: S | undefined;
  /** The number of samples of a block. @default 65,536 */
  readonly blockSamples?: number | undefined;
  /** How long the server's greeting may take, in ms. @default 5000 */
  readonly connectTimeoutMs?: number | undefined;
  /** Called with the receiver at the other end, once it is known. @default none */
  readonly onConnected?: Listener<RtlTcpInfo> | undefined;
  /** The demand to ask before each block. @default that of the consumer found at subscription */
  readonly demand?: Demand | undefined;
}

const isObservableRule: Rule = (value) => (isObservable(value) ? undefined : 'an Observable of settings');

const rules = {
  ...settingRules,
  commands: isObservableRule,
  sampleType: frameRules.sampleType,
  blockSamples: isInteger(1, 2 ** 27),
  connectTimeoutMs: isDuration(1),
  onConnected: isListener,
  demand: isDemand,
};

/**
 * Receives samples of an rtl-sdr from a server with the protocol of `rtl_tcp`. Each subscription opens a connection, and most
 * servers accept one at a time: `share()` it.
 *
 * `timestampNs` counts samples from the arrival of the first. After a retune, frames have the new frequency from the next block on,
 * although samples of the old frequency may still have been on the way.
 *
 * **Delivery** Lossless while it is read fast enough. Demand holds it back; then the server silently drops samples that it cannot
 * send.
 *
 * **Ends** Error: a `SocketError` if the server cannot be reached, is not an rtl_tcp server, or closes the connection;
 * `retry({ delay: 1000 })` reconnects. Unsubscribing closes the connection.
 * ```text
 * server   aaaabbbbcccc
 * command  -----f------     { centerFreq: f }
 * output   ----a---b---c    b has frequency f
 * ```
 *
 * **Example**
 * {@includeCode ../../examples/fromRtlTcp.ts#main}
 * @param address `'host:port'`; the default port is 1234
 * @param options the settings of the receiver
 * @throws OptionError, EndpointError at the call
 */
export function fromRtlTcp<S extends SampleType = 'ci8'>(
  address: string,
  options: FromRtlTcpOptions<S> = {},
): Observable<Frame<S>> {
  const parsed = parseAddress(OF, address);
  checkOptions(OF, options, rules);
  const { commands, sampleType, blockSamples = 65_536, connectTimeoutMs = 5000, onConnected, demand } = options;
  const { sampleRate = 2.048e6, centerFreq = 100e6, gain = 'auto' } = options;
  const { ppm, agc, biasTee, offsetTuning, directSampling } = options;
  const settings = { sampleRate, centerFreq, gain, ppm, agc, biasTee, offsetTuning, directSampling };
  const given = { of: OF, address: parsed, settings, commands, sampleType, blockSamples, connectTimeoutMs };
  return using(aborting, (resource) => {
    requireRealTime(`${OF}: a receiver`);
    const { signal } = resource as ReturnType<typeof aborting>;
    return fromIterable(receive({ ...given, connected: notifier(onConnected) }, signal), { demand });
  }) as Observable<Frame<S>>; // the decoder makes frames of this type
}

const OF = 'fromRtlTcp';
