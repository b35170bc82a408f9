import type { Authenticate, DriverSecurity } from '../driver/DriverSecurity.js';
import { type CallerContext, callerContext } from '../basics/callerContext.js';
import type { OpenSettings } from '../driver/Driver.js';
import type { SocketListener } from '../driver/Socket.js';

/** Settings and a listener whose functions are called in the context of the code that runs now. */
export function inCallerContext(settings: OpenSettings, listener: SocketListener): [OpenSettings, SocketListener] {
  const context = callerContext();
  return [settingsIn(context, settings), listenerIn(context, listener)];
}

/** A listener that is called in a context. Not `readable`: a reader enters its context itself, as others may wake it. */
function listenerIn(context: CallerContext, listener: SocketListener): SocketListener {
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

/** Settings whose `authenticate` is called in a context. */
function settingsIn<S extends { readonly security?: DriverSecurity | undefined }>(
  context: CallerContext,
  settings: S,
): S {
  const { security } = settings;
  if (security === undefined || !('authenticate' in security) || security.authenticate === undefined) return settings;
  const ask: Authenticate = security.authenticate;
  const authenticate: Authenticate = (who) => context.runInAsyncScope(ask, security, who);
  return { ...settings, security: { ...security, authenticate } };
}
