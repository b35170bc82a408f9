import { pullDrivers } from '#platform';
import type { Observable } from 'rxjs';
import type { SampleType } from '../samples/types.js';
import type { Frame } from '../frame/types.js';
import type { Endpoints } from '../driver/endpoints.js';
import { isOneOf } from '../options/rules.js';
import { receive } from '../endpoints/receiving/receive.js';
import {
  type AnySourceOptions,
  type CodecSourceOptions,
  type FrameSourceOptions,
  sourceRules,
  sourceSettings,
} from '../endpoints/receiving/SourceOptions.js';

/** Options of both forms of {@link fromPull}. */
interface PullOptions {
  /**
   * `nats://` endpoints only: who acknowledges a frame, so that the server does not deliver it again. `'auto'`: its consumers,
   * when all of them are done with it; `'manual'`: you, by `acknowledge`. @default 'auto'
   */
  readonly ack?: 'auto' | 'manual' | undefined;
}
/** Options of {@link fromPull} for Frames. */
export interface FramePullOptions extends FrameSourceOptions, PullOptions {}
/** Options of {@link fromPull} with a codec. */
export interface CodecPullOptions<T> extends CodecSourceOptions<T>, PullOptions {}

const kind = {
  of: 'fromPull',
  type: 'pull',
  drivers: pullDrivers,
  binds: false,
  rules: { ...sourceRules, ack: isOneOf('auto', 'manual') },
} as const;

/**
 * The frames of PUSH peers, as an Observable over a PULL socket. It connects by default.
 *
 * **Delivery** Lossless while the peers live: frames that are not read wait at the high-water marks of the senders. A PUSH sends each
 * frame to one of its PULL peers. Several senders are read in turn. Frames that a sender has queued are lost if it is killed.
 *
 * **Ends** Never by itself: it waits for a peer that is gone. Error: the endpoint cannot be bound, the driver cannot be loaded, or
 * `onInvalid: 'error'`. Unsubscribing closes the socket.
 * ```text
 * peer A  --a---------c-->
 * peer B  ----b---x-----d-->   x is not a frame
 * output  --a-b---------c-d-->
 * ```
 *
 * **Example**
 * {@includeCode ../../examples/fromPull.ts#main}
 *
 * @param endpoints one endpoint or several, such as `tcp://radio:5555`
 * @param options the sample type or the codec, which side binds, limits, and who gets the events of the socket
 * @throws OptionError, EndpointError, UnsupportedError at the call
 * @see {@link fromSub}, where every subscriber gets every frame
 */
export function fromPull<T>(endpoints: Endpoints, options: CodecPullOptions<T>): Observable<T>;
export function fromPull<S extends SampleType>(
  endpoints: Endpoints,
  options: FramePullOptions & { readonly sampleType: S },
): Observable<Frame<S>>;
export function fromPull(endpoints: Endpoints, options?: FramePullOptions): Observable<Frame>;
export function fromPull(endpoints: Endpoints, options: AnySourceOptions & PullOptions = {}): Observable<unknown> {
  const settings = sourceSettings(kind, endpoints, options);
  const { ack = 'auto' } = options;
  return receive({ ...settings, ack });
}
