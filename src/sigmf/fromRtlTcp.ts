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
  /** What is set while it runs: `{ centerFreq: 98e6 }`. Frames say it from the next block on. @default nothing */
  readonly commands?: Observable<RtlTcpSettings> | undefined;
  /** What samples become: `'ci8'` as they come, with zero at 128; floats with zero at 127.5, as it is. @default 'ci8' */
  readonly sampleType?: S | undefined;
  /** Samples of a block. @default 65,536 */
  readonly blockSamples?: number | undefined;
  /** How long the server's greeting may take, in ms. @default 5000 */
  readonly connectTimeoutMs?: number | undefined;
  /** Hears what receiver is at the other end, once it is known. @default nobody */
  readonly onConnected?: Listener<RtlTcpInfo> | undefined;
  /** Whose room is asked before each block. @default the consumer's that is found when it is subscribed */
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
 * Samples of an rtl-sdr receiver, from a server that speaks the bytes of `rtl_tcp`. Each subscription is a connection of its own, and
 * most servers take one at a time: `share()` it.
 *
 * `timestampNs` counts samples from when the first came. A retune is told by the frames from the next block on, though samples of the
 * old frequency may still have been on their way.
 *
 * **Delivery** Lossless while it is read fast enough. Demand holds it; then the server drops what it cannot send, and says nothing of it.
 * **Ends** Error: a `SocketError` where the server cannot be reached, is none, or closes the connection; `retry({ delay: 1000 })`
 * comes back. Unsubscribing closes the connection.
 * ```text
 * server   aaaabbbbcccc
 * command  -----f------     { centerFreq: f }
 * output   ----a---b---c    b has frequency f
 * ```
 * **Example**
 * {@includeCode ../../examples/fromRtlTcp.ts#main}
 * @param address `'host:port'`; 1234 is the port that is meant without one
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
  }) as Observable<Frame<S>>; // the decoder makes them so
}

const OF = 'fromRtlTcp';
