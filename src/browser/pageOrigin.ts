/** Where the page, or the page of the worker, came from: `https://host`; `undefined`: from no host. */
export function pageOrigin(): string | undefined {
  const { location } = globalThis as { readonly location?: { readonly origin: string } };
  return location !== undefined && /^https?:/.test(location.origin) ? location.origin : undefined;
}
