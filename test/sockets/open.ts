import { firstValueFrom, type Observable } from 'rxjs';
import { onTestFinished } from 'vitest';
import { openSocket } from '../../src/sockets/openSocket.js';
import type { SocketOf, SocketOptionsByType, SocketType } from '../../src/sockets/SocketTypes.js';

export const drivers = ['engine', 'native'] as const;
export type DriverName = (typeof drivers)[number];

/** A free port of this machine, which `opened` tells. */
export const anyPort = 'tcp://127.0.0.1:*';

/** Opens a socket that closes when the test ends, with nothing left to send. */
export function open<Type extends SocketType>(type: Type, options?: SocketOptionsByType[Type]): SocketOf<Type> {
  const socket = openSocket(type, options);
  onTestFinished(() => socket.close({ lingerMs: 0 }));
  return socket;
}

/** Binds a socket and gives its real endpoint. */
export async function bound(
  socket: { bind(endpoint: string): unknown; readonly opened: Promise<readonly string[]> },
  endpoint = anyPort,
): Promise<string> {
  socket.bind(endpoint);
  return (await socket.opened).at(-1)!;
}

/** The next message. */
export function next<T>(socket: { readonly messages: Observable<T> }): Promise<T> {
  return firstValueFrom(socket.messages);
}

/** Parts as texts. */
export function texts(parts: readonly Uint8Array[]): string[] {
  return parts.map((part) => textOf(part));
}

export function textOf(part: Uint8Array): string {
  return new TextDecoder().decode(part);
}
