import { onTestFinished } from 'vitest';

/** A zeromq.js socket of the test's own. It closes when the test ends, with nothing left to send. */
export function raw<S extends { linger: number; close(): void }>(socket: S): S {
  socket.linger = 0;
  onTestFinished(() => socket.close());
  return socket;
}

/** Binds a zeromq.js socket to a free port; gives the endpoint. */
export async function bindFree(socket: {
  bind(endpoint: string): Promise<void>;
  readonly lastEndpoint: string | null;
}): Promise<string> {
  await socket.bind('tcp://127.0.0.1:*');
  return socket.lastEndpoint!;
}
