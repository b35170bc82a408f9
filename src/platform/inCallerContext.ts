import type { Authenticate, DriverSecurity } from '../driver/DriverSecurity.js';
import type { CallerContext } from '../basics/callerContext.js';
import type { SocketListener } from '../driver/Socket.js';

/** A listener that is called in an async context, except `readable`: a reader enters its context itself, as other code may wake it. */
export function listenerIn(context: CallerContext, listener: SocketListener): SocketListener {
  return {
    ...listener,
    writable: () => context.runInAsyncScope(() => listener.writable()),
    tried: (outcome) => context.runInAsyncScope(() => listener.tried?.(outcome)),
    ended: () => context.runInAsyncScope(() => listener.ended?.()),
    refused: (parts, error) => context.runInAsyncScope(() => listener.refused?.(parts, error)),
    status: (status) => context.runInAsyncScope(() => listener.status(status)),
    failed: (error) => context.runInAsyncScope(() => listener.failed(error)),
    closed: (leftover) => context.runInAsyncScope(() => listener.closed(leftover)),
  };
}

/** Settings whose `authenticate` is called in an async context. */
export function settingsIn<S extends { readonly security?: DriverSecurity | undefined }>(
  context: CallerContext,
  settings: S,
): S {
  const { security } = settings;
  if (security === undefined || !('authenticate' in security) || security.authenticate === undefined) return settings;
  const ask: Authenticate = security.authenticate;
  const authenticate: Authenticate = (who) => context.runInAsyncScope(ask, security, who);
  return { ...settings, security: { ...security, authenticate } };
}
