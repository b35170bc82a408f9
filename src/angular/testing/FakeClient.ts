import { defer, from, map, merge, type NextObserver, Observable, type OperatorFunction, take } from 'rxjs';
import type { Endpoints } from '../../driver/endpoints.js';
import { checkPageEndpoints } from '../../driver/pageEndpoints.js';
import type { SocketStatus, StatusOf } from '../../driver/SocketStatus.js';
import { type StatusObserver, statusReporter } from '../../endpoints/status/statusReporter.js';
import { SocketError } from '../../errors.js';
import { createStamp, type StampSettings } from '../../frame/createStamp.js';
import type { FrameInput } from '../../frame/types.js';
import { pacedMap } from '../../operators/pacedMap.js';
import type { RequesterHandle } from '../../operators/requester.js';
import { observableOf } from '../../rx/observableOf.js';
import { getTimestampNs } from '../../time/getTimestampNs.js';
import type { RxzmqClient } from '../client/RxzmqClient.js';

/** What plays the gateway, by endpoint. */
export interface FakePeers {
  readonly sources?: Readonly<Record<string, Observable<unknown>>> | undefined;
  readonly replies?: Readonly<Record<string, (request: unknown) => unknown>> | undefined;
  readonly sinks?: Readonly<Record<string, NextObserver<unknown> | ((value: unknown) => void)>> | undefined;
}

interface AnyOptions extends StampSettings {
  readonly codec?: unknown;
  readonly status?: StatusObserver | undefined;
  readonly concurrency?: number | undefined;
  readonly project?: ((reply: unknown, request: unknown) => unknown) | undefined;
}

let sockets = 0;

/** The functions of the library over what a test has given. */
export class FakeClient {
  readonly #peers: FakePeers;
  readonly #notify: (status: SocketStatus) => void;

  constructor(peers: FakePeers, notify: (status: SocketStatus) => void) {
    this.#peers = peers;
    this.#notify = notify;
  }

  readonly fromSub = ((endpoints: Endpoints, options?: AnyOptions) =>
    this.#source('fromSub', endpoints, options)) as RxzmqClient['fromSub'];

  readonly fromPull = ((endpoints: Endpoints, options?: AnyOptions) =>
    this.#source('fromPull', endpoints, options)) as RxzmqClient['fromPull'];

  readonly toPush = ((endpoints: Endpoints, options: AnyOptions = {}) => {
    const table = this.#peers.sinks;
    const list = checkPageEndpoints('toPush', endpoints, false);
    const found = list.map((endpoint) => entry(table, endpoint)).find((sink) => sink !== undefined);
    return (source: Observable<unknown>) =>
      this.#socket(
        list,
        (endpoint) => entry(table, endpoint) !== undefined,
        options,
        () => {
          if (found === undefined) return new Observable<unknown>(); // no peer: nothing is taken
          const stamped = stamper(options);
          return source.pipe(
            map((value) => {
              const sent = stamped(value);
              if (typeof found === 'function') found(sent);
              else found.next(sent);
              return sent;
            }),
          );
        },
      );
  }) as RxzmqClient['toPush'];

  readonly request = ((endpoints: Endpoints, options: AnyOptions = {}): OperatorFunction<unknown, unknown> => {
    const [list, ask, has] = this.#asking('request', endpoints, options);
    const { concurrency = 1 } = options;
    return (source) => this.#socket(list, has, options, () => source.pipe(pacedMap(ask(), { concurrency })));
  }) as RxzmqClient['request'];

  readonly requester = ((endpoints: Endpoints, options: AnyOptions = {}): RequesterHandle<unknown, unknown> => {
    const [list, ask, has] = this.#asking('requester', endpoints, options);
    let closed = false;
    return {
      request: (input) =>
        defer(() => {
          if (closed) throw new SocketError('request', list.join(', '), 'the requester is closed');
          return this.#socket(list, has, options, () => ask()(input));
        }),
      close: () => {
        closed = true;
        return Promise.resolve();
      },
    };
  }) as RxzmqClient['requester'];

  #source(of: string, endpoints: Endpoints, options: AnyOptions = {}): Observable<unknown> {
    const table = this.#peers.sources;
    const list = checkPageEndpoints(of, endpoints, false);
    const found = list.map((endpoint) => entry(table, endpoint)).filter((source) => source !== undefined);
    // several endpoints of a socket, and none of them ends it
    const values = found.length === 1 ? found[0]! : merge(...found, ...(found.length === 0 ? [new Observable()] : []));
    return this.#socket(
      list,
      (endpoint) => entry(table, endpoint) !== undefined,
      options,
      () => values,
    );
  }

  #asking(
    of: string,
    endpoints: Endpoints,
    options: AnyOptions,
  ): [readonly string[], () => (input: unknown) => Observable<unknown>, (endpoint: string) => boolean] {
    const table = this.#peers.replies;
    const list = checkPageEndpoints(of, endpoints, false);
    const handler = list.map((endpoint) => entry(table, endpoint)).find((reply) => reply !== undefined);
    const { project } = options;
    const ask = (): ((input: unknown) => Observable<unknown>) => {
      const stamped = stamper(options);
      const answered = stamper({ codec: options.codec });
      return (input) => {
        if (handler === undefined) return new Observable(); // no answer
        const asked = stamped(input);
        return defer(() => answer(handler(asked))).pipe(
          take(1),
          map(answered),
          map((reply) => (project ? project(reply, asked) : reply)),
        );
      };
    };
    return [list, ask, (endpoint) => entry(table, endpoint) !== undefined];
  }

  /** Reports what a socket with these endpoints would, as long as it is subscribed. */
  #socket<T>(
    endpoints: readonly string[],
    isPlayed: (endpoint: string) => boolean,
    options: AnyOptions,
    open: () => Observable<T>,
  ): Observable<T> {
    return new Observable((subscriber) => {
      const socketId = -(sockets += 1); // of no real socket
      const report = statusReporter(options.status);
      const notify = (status: StatusOf): void => {
        const event = { ...status, socketId } as SocketStatus;
        this.#notify(event);
        report(event);
      };
      subscriber.add(() => notify({ kind: 'closed', endpoint: endpoints.join(', ') }));
      for (const endpoint of endpoints) {
        notify({ kind: 'connecting', endpoint });
        if (isPlayed(endpoint)) notify({ kind: 'connected', endpoint });
        else notify({ kind: 'retrying', endpoint, delayMs: 0, reason: `the test plays no gateway at '${endpoint}'` });
      }
      return open().subscribe(subscriber);
    });
  }
}

function entry<T>(table: Readonly<Record<string, T>> | undefined, endpoint: string): T | undefined {
  return table !== undefined && Object.hasOwn(table, endpoint) ? table[endpoint] : undefined;
}

/** What the far side gets: with the default codec a Frame, otherwise the value itself. */
function stamper(options: AnyOptions): (value: unknown) => unknown {
  if (options.codec !== undefined) return (value) => value;
  const { sampleType, sampleRate, centerFreq, streamId, flags, timestamp, sequence } = options;
  const settings = { sampleType, sampleRate, centerFreq, streamId, flags, timestamp, sequence };
  const stamp = createStamp(settings, getTimestampNs);
  return (value) => stamp(value as FrameInput);
}

/** An answer as `reply` understands it: an Observable, a Promise, or the value itself. */
function answer(value: unknown): Observable<unknown> {
  const values = observableOf(value);
  if (values !== undefined) return values;
  if (typeof (value as PromiseLike<unknown> | undefined)?.then === 'function') return from(value as Promise<unknown>);
  return new Observable((subscriber) => {
    subscriber.next(value);
    subscriber.complete();
  });
}
