/** What ends with a subscription, for `using`: an async iterable that waits cannot be told in another way. */
export function aborting(): { readonly signal: AbortSignal; unsubscribe(): void } {
  const controller = new AbortController();
  return { signal: controller.signal, unsubscribe: () => controller.abort() };
}
