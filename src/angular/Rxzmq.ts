import { InjectionToken } from '@angular/core';
import type { RxzmqClient } from './client/RxzmqClient.js';
import { makeClient } from './client/makeClient.js';

/**
 * The functions of this library for an application: with the base URL, token and statuses of {@link provideRxzmq}, outside Angular's
 * zone, and silent on a server. Get it by `inject(Rxzmq)`. It is an interface and an `InjectionToken` of one name, so that a parameter of a
 * constructor needs `@Inject(Rxzmq)`.
 *
 * What is made in an injection context, such as that of a component, ends with it; everything ends with the application.
 */
export interface Rxzmq extends RxzmqClient {}

/**
 * The token of the client: `inject(Rxzmq)`. It needs no provider, unless there are options.
 *
 * @example
 * ```ts
 * readonly status = toSignal(inject(Rxzmq).fromSub('/status', { codec: json<Status>() }));
 * ```
 */
export const Rxzmq: InjectionToken<Rxzmq> = /* @__PURE__ */ new InjectionToken<Rxzmq>('Rxzmq', {
  providedIn: 'root',
  factory: makeClient,
});
