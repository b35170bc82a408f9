/** The origin of the page, or of the page of the worker: `https://host`; `undefined`: it is not from a host. */
export function pageOrigin(): string | undefined {
  const { location } = globalThis as { readonly location?: { readonly origin: string } };
  return location !== undefined && /^https?:/.test(location.origin) ? location.origin : undefined;
}
