import type { SocketSession } from './SocketSession.js';

const sessions = /* @__PURE__ */ new WeakMap<object, SocketSession>();

/** Keeps the session of a handle, for what works with handles and needs more of them than their methods. */
export function keepSession(handle: object, session: SocketSession): void {
  sessions.set(handle, session);
}

/** The session of a handle; `undefined`: it is none. */
export function sessionOf(handle: unknown): SocketSession | undefined {
  return typeof handle === 'object' && handle !== null ? sessions.get(handle) : undefined;
}
