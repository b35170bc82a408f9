/** The async context in which it was created, with the values of `AsyncLocalStorage`. `AsyncResource` is one. */
export interface CallerContext {
  /** Calls a function in that context. */
  runInAsyncScope<Args extends unknown[], R>(action: (...args: Args) => R, self?: unknown, ...args: Args): R;
}

/** On a platform without async contexts, one object for all. */
const onlyContext: CallerContext = { runInAsyncScope: (action, self, ...args) => action.apply(self, args) };

let capture = (): CallerContext => onlyContext;

/**
 * The async context of the running code. Subscriptions and requests keep it, as events arrive in the context of a socket, a timer
 * or another pipeline.
 */
export function callerContext(): CallerContext {
  return capture();
}

/** Sets how the platform captures a context. */
export function provideContexts(platformCapture: () => CallerContext): void {
  capture = platformCapture;
}
