import { STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';

/** Answers a request to upgrade with an HTTP status, and ends its connection. */
export function refuseUpgrade(socket: Duplex, status: number, reason: string): void {
  const body = `${reason}\n`;
  const lines = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`,
    'Connection: close',
    'Content-Type: text/plain; charset=utf-8',
    `Content-Length: ${Buffer.byteLength(body)}`,
    ...(status === 429 || status === 503 ? ['Retry-After: 5'] : []),
  ];
  ignoreErrors(socket);
  if (!socket.writable) {
    socket.destroy();
    return;
  }
  socket.once('finish', () => socket.destroy());
  socket.end(`${lines.join('\r\n')}\r\n\r\n${body}`);
}

/** The client may reset the connection at any time. */
export function ignoreErrors(socket: Duplex): void {
  socket.on('error', () => socket.destroy());
}
