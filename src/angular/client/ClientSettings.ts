import { InjectionToken } from '@angular/core';
import type { StatusObserver } from '../../endpoints/status/statusReporter.js';

/** The options of `provideRxzmq`, checked. */
export interface ClientSettings {
  readonly url?: string | (() => string) | undefined;
  readonly token?: string | (() => string | PromiseLike<string>) | undefined;
  readonly status?: StatusObserver | undefined;
}

/** What `provideRxzmq` was given; without it, the page's own host and no token. */
export const CLIENT_SETTINGS = /* @__PURE__ */ new InjectionToken<ClientSettings>('rxzmq settings', {
  providedIn: 'root',
  factory: () => ({}),
});
