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
 * Stands on a DEALER socket, so that no request can get stuck behind another: each carries a correlation part in its
 * envelope, which peers send back. Several endpoints take turns, and one that is not connected gets nothing.
 *
 * A ROUTER that is no {@link reply} may take requests apart by position. With a `concurrency` of 1 it gets them as a REQ sends them,
 * and a new connection after one that it did not answer. With more it needs `correlate: false` if it does so. The native driver
 * cannot tell it apart.
 *
 * **Delivery** Each request is handed to a connected peer once for each try; one that was never sent is withdrawn when
 * its try ends. A reply to an earlier try is dropped and told by `status`.
 * **Ends** Completes with its source, once all replies are there. Error: `RequestTimeoutError` (unless `onTimeout` is a
 * function), a value that cannot be encoded, the driver cannot be loaded. Unsubscribing abandons what is under way.
 * ```text
 * source   -a-b------------|
 * peer       A      (no answer)
 * output   --A-----------#      # RequestTimeoutError, timeoutMs after b was sent
 * ```
 * **Example**
 * {@includeCode ../../examples/request.ts#main}
 * @throws OptionError, EndpointError, UnsupportedError at the call
 * @see {@link requester} for requests from many places over one socket, {@link reply} for the other side
 */
export function request(
  endpoints: Endpoints,
  options?: PlainFrameRequestOptions & FlowOptions,
): OperatorFunction<FrameInput, Frame>;
export function request<R>(
  endpoints: Endpoints,
  options: ProjectedFrameRequestOptions<R> & FlowOptions,
): OperatorFunction<FrameInput, R>;
export function request<T, I = T>(
  endpoints: Endpoints,
  options: PlainCodecRequestOptions<T, I> & FlowOptions,
): OperatorFunction<I, T>;
export function request<T, I, R>(
  endpoints: Endpoints,
  options: ProjectedCodecRequestOptions<T, I, R> & FlowOptions & { readonly codec: Codec<T, I> },
): OperatorFunction<I, R>;
export function request(endpoints: Endpoints, options: object = {}): OperatorFunction<unknown, never> {
  const given = options as AnyRequestOptions & FlowOptions;
  const settings = requestSettings('request', rules, endpoints, given);
  return operate<unknown, never>((out, gate) => new RequestFlow(settings, given, out, gate), given);
}
