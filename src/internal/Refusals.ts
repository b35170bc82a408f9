import type { SecurityError } from '../errors.js';
import type { SocketStatus } from './SocketStatus.js';

/** Remembers which endpoints security keeps a socket from, for those who wait for a peer. */
export class Refusals {
  readonly #errors = new Map<string, SecurityError>();

  hear(status: SocketStatus): void {
    if (status.kind === 'connected') this.#forget(status.endpoint);
    else if (status.kind === 'handshakeFailed' && isSecurityError(status.error)) {
      this.#errors.delete(status.endpoint); // so that the latest comes last
      this.#errors.set(status.endpoint, status.error);
    }
  }

  /** Why there is no peer, for the options of an error; `undefined`: not for security. */
  get cause(): { readonly cause: SecurityError } | undefined {
    const cause = [...this.#errors.values()].at(-1);
    return cause && { cause };
  }

  /** A socket may have told of several endpoints at once. */
  #forget(endpoint: string): void {
    for (const endpoints of this.#errors.keys()) {
      if (endpoints.split(', ').includes(endpoint)) this.#errors.delete(endpoints);
    }
  }
}

function isSecurityError(error: Error | undefined): error is SecurityError {
  return (error as Partial<SecurityError> | undefined)?.code === 'ERR_SECURITY';
}
