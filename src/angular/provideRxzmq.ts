import { type EnvironmentProviders, makeEnvironmentProviders } from '@angular/core';
import type { StatusObserver } from '../endpoints/status/statusReporter.js';
import { webRules } from '../endpoints/webOptions.js';
import { checkOptions, isEither, isFunction } from '../options/rules.js';
import { isListener } from '../rx/notifier.js';
import { isBaseUrl } from './client/addressing.js';
import { CLIENT_SETTINGS } from './client/ClientSettings.js';
import { CONNECTION_STATES, ConnectionStates } from './client/ConnectionStates.js';
import { makeClient } from './client/makeClient.js';
import { Rxzmq } from './Rxzmq.js';

/** Options of {@link provideRxzmq}. All functions are called in the injection context of the application: they may use `inject`. */
export interface RxzmqOptions {
  /**
   * Where the gateway is: `'wss://radio.example'`, with or without a path, or a path on the host of the page; the endpoints that are
   * paths follow it. A function is called once. @default the host of the page
   */
  readonly url?: string | (() => string) | undefined;
  /**
   * Authenticates the page to the gateway; a function is called for each connection. It goes to the host of `url` only, and option
   * `token` of a call replaces it.
   */
  readonly token?: string | (() => string | PromiseLike<string>) | undefined;
  /** Receives the events of all sockets. Exceptions that it throws are reported as warnings. */
  readonly status?: StatusObserver | undefined;
}

/**
 * Sets the options of {@link Rxzmq} for an application, or for a route and its children, which then have a {@link connectionState} of
 * their own.
 *
 * @param options where the gateway is, the token, and who hears of statuses
 * @example
 * ```ts
 * export const appConfig: ApplicationConfig = {
 *   providers: [provideRxzmq({ url: 'wss://radio.example', token: () => inject(Auth).token() })],
 * };
 * ```
 * @throws OptionError at the call
 */
export function provideRxzmq(options: RxzmqOptions = {}): EnvironmentProviders {
  checkOptions('provideRxzmq', options, {
    url: isEither(isBaseUrl, isFunction),
    token: webRules['token']!,
    status: isListener,
  });
  return makeEnvironmentProviders([
    { provide: CLIENT_SETTINGS, useValue: options },
    { provide: CONNECTION_STATES, useFactory: () => new ConnectionStates() },
    { provide: Rxzmq, useFactory: makeClient },
  ]);
}
