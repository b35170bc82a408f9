import type { SocketSession } from './SocketSession.js';

const sessions = /* @__PURE__ */ new WeakMap<object, SocketSession>();

/** Keeps the session of a handle, for functions that need more of a handle than its methods. */
export function keepSession(handle: object, session: SocketSession): void {
  sessions.set(handle, session);
}

/** The session of a handle; `undefined`: it is not a handle. */
export function sessionOf(handle: unknown): SocketSession | undefined {
  return typeof handle === 'object' && handle !== null ? sessions.get(handle) : undefined;
}
