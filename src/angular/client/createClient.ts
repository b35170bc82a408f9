import { DestroyRef, type Injector, NgZone, runInInjectionContext, untracked } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { Observable, type OperatorFunction } from 'rxjs';
import { statusReporter, type StatusObserver } from '../../endpoints/status/statusReporter.js';
import type { WebOptions } from '../../endpoints/webOptions.js';
import { request } from '../../operators/request.js';
import { requester, type RequesterHandle } from '../../operators/requester.js';
import { toPush } from '../../sinks/toPush.js';
import { fromPull } from '../../sources/fromPull.js';
import { fromSub } from '../../sources/fromSub.js';
import { addressed, checkedBase, isOwn } from './addressing.js';
import type { RxzmqClient } from './RxzmqClient.js';
import { CLIENT_SETTINGS } from './ClientSettings.js';
import { CONNECTION_STATES } from './ConnectionStates.js';
import { ownerOf } from './ownerOf.js';
import { callersZone, emitsInside, inside, outside } from './zones.js';

/** A function of the library, whichever overload is called. */
type Make<R> = (endpoints: never, options: never) => R;

interface GivenOptions {
  readonly token?: WebOptions['token'];
  readonly status?: StatusObserver | undefined;
}

/** The client of a page: the functions of the library with the base URL, the token and the statuses of its injector. */
export function createClient(injector: Injector): RxzmqClient {
  const { url = '', token, status } = injector.get(CLIENT_SETTINGS);
  const base = checkedBase(typeof url === 'function' ? runInInjectionContext(injector, url) : url);
  const zone = injector.get(NgZone, null);
  const states = injector.get(CONNECTION_STATES);
  const client = injector.get(DestroyRef);
  const ownStatus = typeof status === 'function' ? inInjector(injector, status) : status;
  const ownToken = typeof token === 'function' ? inInjector(injector, token) : token;
  const report = statusReporter(ownStatus);

  /** Calls a function of the library with what its caller gave and what the client adds. */
  const call = <R>(make: Make<R>, endpoints: unknown, options: GivenOptions = {}): R => {
    const reportTo = statusReporter(options.status);
    const list: readonly unknown[] = Array.isArray(endpoints) ? endpoints : [endpoints];
    const whole = list.map((endpoint) => addressed(base, endpoint));
    const takesToken = ownToken !== undefined && whole.every((endpoint) => isOwn(base, endpoint));
    const all = {
      ...options,
      ...(takesToken && options.token === undefined && { token: ownToken }),
      status: (event: Parameters<typeof report>[0]) => {
        states.saw(event);
        report(event);
        reportTo(event);
      },
    };
    return make((Array.isArray(endpoints) ? whole : whole[0]) as never, all as never);
  };

  const source =
    (make: Make<Observable<unknown>>) =>
    (endpoints: unknown, options?: GivenOptions): Observable<unknown> =>
      outside(zone, call(make, endpoints, options).pipe(takeUntilDestroyed(ownerOf(client))));

  const operator =
    (make: Make<OperatorFunction<unknown, unknown>>, replies: boolean) =>
    (endpoints: unknown, options?: GivenOptions): OperatorFunction<unknown, unknown> => {
      const apply = call(make, endpoints, options);
      const owner = ownerOf(client);
      return (values) =>
        new Observable((subscriber) => {
          const callers = callersZone(zone);
          const given = callers ? inside(callers, values) : values;
          const results = apply(given).pipe(takeUntilDestroyed(owner));
          const emitted = callers && replies ? results.pipe(emitsInside(callers)) : results;
          return outside(zone, emitted).subscribe(subscriber);
        });
    };

  const requesters = (endpoints: unknown, options?: GivenOptions): RequesterHandle<unknown, unknown> => {
    const handle: RequesterHandle<unknown, unknown> = call(requester as Make<typeof handle>, endpoints, options);
    const close = (): Promise<void> => {
      forget();
      return handle.close();
    };
    const forget = ownerOf(client).onDestroy(() => void handle.close());
    return {
      request: (input) =>
        new Observable((subscriber) => {
          const callers = callersZone(zone);
          const replies = handle.request(input);
          return outside(zone, callers ? replies.pipe(emitsInside(callers)) : replies).subscribe(subscriber);
        }),
      close,
    };
  };

  return {
    fromSub: source(fromSub),
    fromPull: source(fromPull),
    toPush: operator(toPush, false),
    request: operator(request, true),
    requester: requesters,
  } as RxzmqClient; // overloads carry the types
}

/** A function that may call `inject`, whenever it is called. */
function inInjector<Args extends unknown[], R>(injector: Injector, action: (...args: Args) => R): (...args: Args) => R {
  return (...args) => untracked(() => runInInjectionContext(injector, () => action(...args)));
}
