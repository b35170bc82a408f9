/** A signal that aborts at the end of a block, for `using`: a waiting async iterable cannot be ended in another way. */
export function aborting(): { readonly signal: AbortSignal; unsubscribe(): void } {
  const controller = new AbortController();
  return { signal: controller.signal, unsubscribe: () => controller.abort() };
}
