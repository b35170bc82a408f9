import { type SecurityError, SocketError } from '../../errors.js';
import type { HandshakeFailedStatus, SocketStatus } from '../../driver/SocketStatus.js';

/** Remembers why there is no peer where one was found, for those who wait for it. */
export class PeerRefusals {
  readonly #binds: boolean;
  readonly #errors = new Map<string, Error>();

  /** @param binds anybody may come to a side that binds: only what security keeps out counts there */
  constructor(binds: boolean) {
    this.#binds = binds;
  }

  hear(status: SocketStatus): void {
    if (status.kind === 'connected') this.#forget(status.endpoint);
    else if (status.kind === 'handshakeFailed') this.#remember(status);
  }

  /** The latest that stands, for the options of an error. */
  get cause(): { readonly cause: Error } | undefined {
    const cause = [...this.#errors.values()].at(-1);
    return cause && { cause };
  }

  #remember({ endpoint, reason, error }: HandshakeFailedStatus): void {
    const ours = isSecurityError(error) ? error : undefined;
    if (ours === undefined && this.#binds) return;
    this.#errors.delete(endpoint); // so that the latest comes last
    this.#errors.set(endpoint, ours ?? new SocketError('connect', endpoint, reason, error && { cause: error }));
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
