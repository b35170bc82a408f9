import type { Server } from 'node:http';
import { NEVER, type Subscription } from 'rxjs';
import { onTestFinished } from 'vitest';
import { raw } from '../../../src/codecs/raw.js';
import type { SocketStatus } from '../../../src/driver/SocketStatus.js';
import type { Gateway, GatewayOptions, GatewayStatus } from '../../../src/gateway/index.js';
import { serve } from '../../../src/gateway/serve.js';
import { toPub } from '../../../src/sinks/toPub.js';

/** A gateway on a server, at one path of which a PUB is bound that sends nothing. They end with the test. */
export async function bound(
  server: Server,
  path: string,
  options: GatewayOptions = {},
): Promise<{ readonly web: Gateway; readonly statuses: GatewayStatus[] }> {
  const statuses: GatewayStatus[] = [];
  const web = serve(server, { lingerMs: 0, status: (status) => statuses.push(status), ...options });
  onTestFinished(() => web.close());
  await bind(web, path);
  return { web, statuses };
}

/** Binds a PUB that sends nothing. */
export function bind(web: Gateway, path: string): Promise<Subscription> {
  return new Promise((resolve) => {
    const status = ({ kind }: SocketStatus): void => {
      if (kind === 'listening') resolve(running);
    };
    const running = NEVER.pipe(toPub(web.at(path), { codec: raw, status, lingerMs: 0 })).subscribe();
    onTestFinished(() => running.unsubscribe());
  });
}
