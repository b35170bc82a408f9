import { pullDrivers } from '#platform';
import type { Observable } from 'rxjs';
import type { SampleType } from '../samples/types.js';
import type { Frame } from '../frame/types.js';
import type { Endpoints } from '../driver/endpoints.js';
import { receive } from '../endpoints/receiving/receive.js';
import {
  type AnySourceOptions,
  type CodecSourceOptions,
  type FrameSourceOptions,
  sourceRules,
  sourceSettings,
} from '../endpoints/receiving/SourceOptions.js';

/** Options of {@link fromPull} for Frames. */
export interface FramePullOptions extends FrameSourceOptions {}
/** Options of {@link fromPull} with a codec. */
export interface CodecPullOptions<T> extends CodecSourceOptions<T> {}

const kind = { of: 'fromPull', type: 'pull', drivers: pullDrivers, binds: false, rules: sourceRules } as const;

/**
 * The frames that PUSH peers send, as an Observable over a PULL socket, which connects unless told to `bind`.
 *
 * **Delivery** Lossless while a peer lives: what is not read waits at the senders' high-water marks. Each frame goes to
 * one PULL of those that a PUSH feeds. Several peers are read in turn. What a killed peer still held is lost.
 * **Ends** Never by itself: a peer that goes away is waited for. Error: the endpoint cannot be bound, the driver cannot
 * be loaded, or `onInvalid: 'error'`. Unsubscribing closes the socket.
 * ```text
 * peer A  --a---------c-->
 * peer B  ----b---x-----d-->   x is no frame
 * output  --a-b---------c-d-->
 * ```
 * **Example**
 * {@includeCode ../../examples/fromPull.ts#main}
 * @throws OptionError, EndpointError, UnsupportedError at the call
 * @see {@link fromSub}, where every subscriber gets every frame
 */
export function fromPull<S extends SampleType>(
  endpoints: Endpoints,
  options: FramePullOptions & { readonly sampleType: S },
): Observable<Frame<S>>;
export function fromPull(endpoints: Endpoints, options?: FramePullOptions): Observable<Frame>;
export function fromPull<T>(endpoints: Endpoints, options: CodecPullOptions<T>): Observable<T>;
export function fromPull(endpoints: Endpoints, options: AnySourceOptions = {}): Observable<unknown> {
  return receive(sourceSettings(kind, endpoints, options));
}
