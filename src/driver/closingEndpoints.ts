import { shared } from '../basics/shared.js';
import { currentVirtualTime, type VirtualTime } from '../time/VirtualTime.js';

/** Endpoints that are being closed: by how many sockets, and the callbacks that wait for that. */
type Closing = Map<string, { sockets: number; readonly waiting: (() => void)[] }>;

const ofProcess = shared<Closing>('closing.1', new Map());
const ofRuns = new WeakMap<VirtualTime, Closing>();

/** Those of this thread, of all copies of the package, or of the current run in virtual time. */
function present(): Closing {
  const run = currentVirtualTime();
  if (run === undefined) return ofProcess;
  const known = ofRuns.get(run);
  if (known) return known;
  const closing: Closing = new Map();
  ofRuns.set(run, closing);
  return closing;
}

/** Two endpoints with the same key cannot be bound at once: for tcp and ws that is the port, whatever the address. */
function keyOf(endpoint: string): string {
  const port = /^(?:tcp|ws):.*:(\d+)\/?$/.exec(endpoint);
  return port ? `port ${port[1]}` : endpoint;
}

/** Registers that an endpoint is being closed. Call the returned function once when it is free. */
export function givingUp(endpoint: string): () => void {
  const closing = present();
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

/** Calls back once no socket of this process is closing the endpoint: at once if none is. */
export function whenGivenUp(endpoint: string, then: () => void): void {
  const entry = present().get(keyOf(endpoint));
  if (entry) entry.waiting.push(then);
  else then();
}
