/** Endpoints that sockets of this process are giving up, and what waits for them. */
const closing = new Map<string, Set<Promise<void>>>();

/** Two endpoints with the same key cannot be bound at once: for tcp and ws that is the port, whatever the address. */
function keyOf(endpoint: string): string {
  const port = /^(?:tcp|ws):.*:(\d+)\/?$/.exec(endpoint);
  return port ? `port ${port[1]}` : endpoint;
}

/** Says that an endpoint is free again once `freed` settles. */
export function givingUp(endpoint: string, freed: Promise<void>): void {
  const key = keyOf(endpoint);
  const waits = closing.get(key) ?? new Set();
  closing.set(key, waits.add(freed));
  void freed.then(() => {
    waits.delete(freed);
    if (waits.size === 0) closing.delete(key);
  });
}

/** Whoever still holds the endpoint and is about to give it up; `undefined`: nobody of this process. */
export function whenGivenUp(endpoint: string): Promise<unknown> | undefined {
  const waits = closing.get(keyOf(endpoint));
  return waits && Promise.all(waits);
}
