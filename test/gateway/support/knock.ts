import { onTestFinished } from 'vitest';
import { WebSocket } from 'ws';

/** How a client asks to come in. */
export interface KnockOptions {
  readonly path?: string;
  readonly origin?: string | undefined;
  readonly token?: string;
  readonly protocols?: string[];
  readonly headers?: Record<string, string>;
}

/** What came of it: an HTTP status, or a WebSocket. */
export type Knocked =
  | { readonly status: number; readonly body: string; readonly socket?: undefined }
  | { readonly status: 101; readonly socket: WebSocket };

/** Asks to come in, as a page would or any other program. The WebSocket ends with the test. */
export function knock(port: number, options: KnockOptions = {}): Promise<Knocked> {
  const { path = '/iq', origin, token, headers, protocols = protocolsOf(token) } = options;
  const socket = new WebSocket(`ws://127.0.0.1:${port}${path}`, protocols, {
    origin,
    headers,
    perMessageDeflate: false,
  });
  onTestFinished(() => socket.terminate());
  return new Promise((resolve, reject) => {
    socket.on('error', reject);
    socket.on('open', () => resolve({ status: 101, socket }));
    socket.on('unexpected-response', (_request, response) => {
      let body = '';
      response.setEncoding('utf8');
      response.on('data', (text: string) => (body += text));
      response.on('end', () => resolve({ status: response.statusCode!, body: body.trim() }));
    });
  });
}

/** How the WebSocket of a client was closed. */
export async function knockedOut(
  port: number,
  options: KnockOptions = {},
): Promise<{ readonly code: number; readonly reason: string }> {
  const { socket } = await knock(port, options);
  return closed(socket!);
}

/** How a WebSocket is closed. */
export function closed(socket: WebSocket): Promise<{ readonly code: number; readonly reason: string }> {
  return new Promise((resolve) => {
    socket.on('close', (code, reason) => resolve({ code, reason: reason.toString() }));
  });
}

function protocolsOf(token: string | undefined): string[] {
  if (token === undefined) return ['rxzmq.1'];
  return ['rxzmq.1', `rxzmq.token.${Buffer.from(token).toString('base64url')}`];
}
