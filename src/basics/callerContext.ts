/** The async context in which it was made, with what `AsyncLocalStorage` holds there. `AsyncResource` is one. */
export interface CallerContext {
  /** Calls a function in that context. */
  runInAsyncScope<Args extends unknown[], R>(action: (...args: Args) => R, self?: unknown, ...args: Args): R;
}

/** Where the platform has no such contexts there is one for all. */
const onlyContext: CallerContext = { runInAsyncScope: (action, self, ...args) => action.apply(self, args) };

let capture = (): CallerContext => onlyContext;

/**
 * The async context of the code that runs now. Whoever subscribes or sends a request keeps it: events come in the context of the
 * socket, the timer or the other pipeline that brought them.
 */
export function callerContext(): CallerContext {
  return capture();
}

/** Sets how the platform captures a context. */
export function provideContexts(platformCapture: () => CallerContext): void {
  capture = platformCapture;
}
