import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';

/** An endpoint that nobody listens on: its port was free a moment ago, and is again. */
export async function nobodyAt(): Promise<string> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return `tcp://127.0.0.1:${port}`;
}
