/** Endpoints that sockets of this process are giving up: how many, and what waits for them. */
const closing = new Map<string, { sockets: number; readonly waiting: (() => void)[] }>();

/** Two endpoints with the same key cannot be bound at once: for tcp and ws that is the port, whatever the address. */
function keyOf(endpoint: string): string {
  const port = /^(?:tcp|ws):.*:(\d+)\/?$/.exec(endpoint);
  return port ? `port ${port[1]}` : endpoint;
}

/** Says that an endpoint is being given up. The function it gives says that it is free, once. */
export function givingUp(endpoint: string): () => void {
  const key = keyOf(endpoint);
  const entry = closing.get(key) ?? { sockets: 0, waiting: [] };
  closing.set(key, entry);
  entry.sockets += 1;
  let freed = false;
  return () => {
    if (freed) return;
    freed = true;
    entry.sockets -= 1;
    if (entry.sockets > 0) return;
    closing.delete(key);
    for (const then of entry.waiting) then();
  };
}

/** Calls back once nobody of this process is giving the endpoint up: at once where nobody is. */
export function whenGivenUp(endpoint: string, then: () => void): void {
  const entry = closing.get(keyOf(endpoint));
  if (entry) entry.waiting.push(then);
  else then();
}
