import type { OperatorFunction } from 'rxjs';
import type { Codec } from '../codecs/Codec.js';
import type { Frame, FrameInput } from '../frame/types.js';
import type { Endpoints } from '../driver/endpoints.js';
import { isDemand, isInteger } from '../options/rules.js';
import { operate } from '../rx/operate.js';
import { RequestFlow } from './flows/RequestFlow.js';
import {
  type AnyRequestOptions,
  type FlowOptions,
  type PlainCodecRequestOptions,
  type PlainFrameRequestOptions,
  type ProjectedCodecRequestOptions,
  type ProjectedFrameRequestOptions,
  requestRules,
  requestSettings,
} from '../endpoints/requests/RequestOptions.js';

const rules = { ...requestRules, concurrency: isInteger(1), demand: isDemand, maxBuffered: isInteger(0) };

/**
 * Sends each value as a request to REP or ROUTER peers and emits the replies, in the order of the requests.
 *
 * It uses a DEALER socket, so that no request can get stuck behind another: each carries a correlation part in its envelope, which the
 * peer sends back. Several endpoints take turns; requests go only to those that are connected.
 *
 * A ROUTER server other than {@link reply} may read the parts of a request by position. With a `concurrency` of 1 it gets requests as a
 * plain REQ sends them, and a new connection after a request that it did not answer. With a higher `concurrency` such a server needs
 * `correlate: false`. The native driver cannot tell the servers apart.
 *
 * **Delivery** Each try hands the request to one connected peer. A try that ends before that withdraws it. A reply to an earlier try is
 * dropped and counted in the status `dropped`.
 *
 * **Ends** Completes once its source has completed and all replies have arrived. Error: `RequestTimeoutError` (unless `onTimeout` is a
 * function), a value that cannot be encoded, or the driver cannot be loaded. Unsubscribing gives up the requests in flight.
 * ```text
 * source   -a-b------------|
 * peer       A      (no answer)
 * output   --A-----------#      # RequestTimeoutError, timeoutMs after b was sent
 * ```
 *
 * **Example**
 * {@includeCode ../../examples/request.ts#main}
 *
 * @param endpoints one server or several that do the same, such as `tcp://radio:5557`
 * @param options deadlines and retries, how many requests are in flight, the codec
 * @throws OptionError, EndpointError, UnsupportedError at the call
 * @see {@link requester} for requests from many call sites over one socket, {@link reply} for the other side
 */
export function request<T, I, R>(
  endpoints: Endpoints,
  options: ProjectedCodecRequestOptions<T, I, R> & FlowOptions & { readonly codec: Codec<T, I> },
): OperatorFunction<I, R>;
export function request<T, I = T>(
  endpoints: Endpoints,
  options: PlainCodecRequestOptions<T, I> & FlowOptions,
): OperatorFunction<I, T>;
export function request<R>(
  endpoints: Endpoints,
  options: ProjectedFrameRequestOptions<R> & FlowOptions,
): OperatorFunction<FrameInput, R>;
export function request(
  endpoints: Endpoints,
  options?: PlainFrameRequestOptions & FlowOptions,
): OperatorFunction<FrameInput, Frame>;
export function request(endpoints: Endpoints, options: object = {}): OperatorFunction<unknown, never> {
  const given = options as AnyRequestOptions & FlowOptions;
  const settings = requestSettings('request', rules, endpoints, given);
  return operate<unknown, never>((out, gate) => new RequestFlow(settings, given, out, gate), given);
}
