import { type SecurityError, SocketError } from '../../errors.js';
import type { HandshakeFailedStatus, SocketStatus } from '../../driver/SocketStatus.js';

/** Remembers why a peer that was found did not connect, for the errors of callers that wait for it. */
export class PeerRefusals {
  readonly #binds: boolean;
  readonly #errors = new Map<string, Error>();

  /** @param binds any peer may connect to a bound socket: there only refusals by security count */
  constructor(binds: boolean) {
    this.#binds = binds;
  }

  hear(status: SocketStatus): void {
    if (status.kind === 'connected') this.#forget(status.endpoint);
    else if (status.kind === 'handshakeFailed') this.#remember(status);
  }

  /** The latest valid reason, for the options of an error. */
  get cause(): { readonly cause: Error } | undefined {
    const cause = [...this.#errors.values()].at(-1);
    return cause && { cause };
  }

  #remember({ endpoint, reason, error }: HandshakeFailedStatus): void {
    const ours = isSecurityError(error) ? error : undefined;
    if (ours === undefined && this.#binds) return;
    this.#errors.delete(endpoint); // so that the latest is the last
    this.#errors.set(endpoint, ours ?? new SocketError('connect', endpoint, reason, error && { cause: error }));
  }

  /** One status may concern several endpoints. */
  #forget(endpoint: string): void {
    for (const endpoints of this.#errors.keys()) {
      if (endpoints.split(', ').includes(endpoint)) this.#errors.delete(endpoints);
    }
  }
}

function isSecurityError(error: Error | undefined): error is SecurityError {
  return (error as Partial<SecurityError> | undefined)?.code === 'ERR_SECURITY';
}
