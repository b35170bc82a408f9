import { Observable } from 'rxjs';
import { SocketError } from '../errors.js';
import { attributed } from '../basics/attributed.js';
import type { Codec } from '../codecs/Codec.js';
import type { Frame, FrameInput } from '../frame/types.js';
import { answerTo } from '../endpoints/requests/answerTo.js';
import { type CallerContext, callerContext } from '../basics/callerContext.js';
import { demandOf } from '../rx/demandOf.js';
import type { Endpoints } from '../driver/endpoints.js';
import { openRequestClient } from '../endpoints/requests/openRequestClient.js';
import type { PlainRequests } from '../endpoints/requests/PlainRequests.js';
import type { RequestClient } from '../endpoints/requests/RequestClient.js';
import type { Requester } from '../endpoints/requests/Requester.js';
import {
  type AnyRequestOptions,
  type PlainCodecRequestOptions,
  type PlainFrameRequestOptions,
  type ProjectedCodecRequestOptions,
  type ProjectedFrameRequestOptions,
  requestRules,
  requestSettings,
} from '../endpoints/requests/RequestOptions.js';

/** One socket for requests from many call sites. `I` is the type of a request, `R` the type that is emitted for its reply. */
export interface RequesterHandle<I, R> {
  /** Each subscription sends the request, emits its reply and completes. Unsubscribing gives it up. */
  request(input: I): Observable<R>;
  /** Closes the socket; requests in flight fail with a `SocketError`. Idempotent; resolves when the socket is closed. */
  close(): Promise<void>;
}

/**
 * Opens one socket at the first request, which any number of call sites share.
 *
 * **Delivery** As {@link request}, but requests do not wait for each other: all are sent at once, each with a correlation part. With
 * `correlate: false`, for servers that read requests by position, they are sent one after the other.
 *
 * **Ends** `request(input)` completes after its reply. Error: `RequestTimeoutError` (unless `onTimeout` is a function), a value that
 * cannot be encoded, or a socket that failed; the next request then opens another. `close` ends all.
 * ```text
 * request(a)  --A|
 * request(b)  ----B|          over the same socket
 * ```
 *
 * **Example**
 * {@includeCode ../../examples/requester.ts#main}
 *
 * @param endpoints one server or several that do the same, such as `tcp://radio:5557`
 * @param options deadlines and retries, the codec
 * @throws OptionError, EndpointError, UnsupportedError at the call
 * @see {@link request}, which is an operator
 */
export function requester<T, I, R>(
  endpoints: Endpoints,
  options: ProjectedCodecRequestOptions<T, I, R> & { readonly codec: Codec<T, I> },
): RequesterHandle<I, R>;
export function requester<T, I = T>(
  endpoints: Endpoints,
  options: PlainCodecRequestOptions<T, I>,
): RequesterHandle<I, T>;
export function requester<R>(
  endpoints: Endpoints,
  options: ProjectedFrameRequestOptions<R>,
): RequesterHandle<FrameInput, R>;
export function requester(endpoints: Endpoints, options?: PlainFrameRequestOptions): RequesterHandle<FrameInput, Frame>;
export function requester(endpoints: Endpoints, options: object = {}): RequesterHandle<unknown, never> {
  const given = options as AnyRequestOptions;
  const settings = requestSettings('requester', requestRules, endpoints, given);
  let open: { readonly client: RequestClient | PlainRequests; readonly gone: Promise<void> } | undefined;
  let closed = false;
  const ownContext = callerContext();

  const start = (): RequestClient | PlainRequests => {
    let settle = (): void => undefined;
    const gone = new Promise<void>((resolve) => (settle = resolve));
    const client = openRequestClient(settings, given, {
      error: (error) => {
        open = undefined; // the next request tries again
        client.close(error as Error);
      },
      complete: settle,
    });
    open = { client, gone };
    return client;
  };

  return {
    request: (input) =>
      new Observable<never>((out) => {
        if (closed) {
          const error = new SocketError('request', settings.socket.endpoints.join(', '), 'the requester is closed');
          out.error(attributed(error, settings.of));
          return undefined;
        }
        const client = open?.client ?? ownContext.runInAsyncScope(start);
        const emit = (value: unknown): void => {
          out.next(value as never); // overloads carry the types
          out.complete();
        };
        const answered = answerTo(given, demandOf(out), emit, (error) => out.error(error));
        return client.send(client.encode(input), requesterIn(callerContext(), answered));
      }),
    close: async () => {
      closed = true;
      open?.client.close();
      await open?.gone;
    },
  };
}

/** Requests share a socket, but each reply arrives in the context of its own request. */
function requesterIn(context: CallerContext, asker: Requester): Requester {
  return {
    reply: (value, request) => context.runInAsyncScope(() => asker.reply(value, request)),
    timedOut: (error, request) => context.runInAsyncScope(() => asker.timedOut(error, request)),
    failed: (error) => context.runInAsyncScope(() => asker.failed(error)),
  };
}
