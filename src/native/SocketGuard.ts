import { SecurityError } from '../errors.js';
import type { SocketSecurity } from '../driver/DriverSecurity.js';
import type { HandshakeFailedStatus, StatusOf } from '../driver/SocketStatus.js';
import type { ZeroMQSocket } from './createZeroMQSocket.js';
import type { ZeroMQ } from './loadZeroMQ.js';
import { securityOptions } from './securityOptions.js';
import { joinZap, keepZap } from './ZapHandler.js';

type Failed = StatusOf<HandshakeFailedStatus>;

/** The meanings of libzmq's errors about security, by their codes. */
const REASONS: Readonly<Record<string, string>> = {
  ERR_ZMTP_MECHANISM_MISMATCH: "the peer's security is another than ours",
  ERR_ZMTP_CRYPTOGRAPHIC: 'what the peer sent could not be opened: another key made it, or it was changed',
  ERR_ZMTP_KEY_EXCHANGE: 'what the peer sent could not be opened: another key made it, or it was changed',
};
const UNPROVED =
  'the peer closed the connection during the handshake, as it does where a key, a name or the mechanism is not the right one';
const MISFIT =
  'the peer closed the connection during the handshake, as it does where the socket types or the security do not fit';
const ENDED = 'the handshake was not done: the peer closed the connection, or did not answer in time';
/** Why a handshake has ended, by the codes with which libzmq does not report how far it was: with security, and without. */
const ENDINGS: ReadonlyMap<string | undefined, { readonly secured: string; readonly open: string }> = new Map([
  ['EPIPE', { secured: UNPROVED, open: MISFIT }],
  ['ECONNRESET', { secured: UNPROVED, open: MISFIT }],
  ['EINTR', { secured: ENDED, open: ENDED }], // a signal has interrupted its thread: the process was stopped and goes on
]);

/** The security of a zeromq.js socket: sets it up, and explains its failures. */
export class SocketGuard {
  readonly #security: SocketSecurity;
  readonly #endpoint: () => string;
  readonly #notify: (status: Failed) => void;
  /** How many peers were refused and reported, but have no event of the monitor yet. */
  #denials = 0;
  #leave: (() => void) | undefined;

  constructor(security: SocketSecurity, endpoint: () => string, notify: (status: Failed) => void) {
    this.#security = security;
    this.#endpoint = endpoint;
    this.#notify = notify;
  }

  /**
   * Sets up a socket that is not yet bound or connected; closes it if that fails.
   *
   * @throws Error if the socket needs the ZAP handler, and the process has another one
   */
  protect(zeromq: ZeroMQ, socket: ZeroMQSocket): void {
    const { security, admits } = this.#security;
    const asks =
      admits !== undefined || (security !== undefined && 'authenticate' in security && security.authenticate);
    try {
      if (security?.mechanism === 'curve' && !zeromq.capability.curve) {
        throw new Error('libzmq, as the zeromq package has it here, is without CURVE');
      }
      Object.assign(socket, securityOptions(security));
      if (!asks) {
        if (security?.mechanism === 'curve' && !('serverKey' in security)) this.#leave = keepZap();
        return;
      }
      const zap = joinZap(zeromq, { security: this.#security, denied: (reason) => this.#denied(reason) });
      this.#leave = zap.leave;
      socket.zapDomain = zap.domain;
      socket.zapEnforceDomain = true; // no peer is accepted without authentication
    } catch (error) {
      this.release();
      socket.close();
      throw error;
    }
  }

  /** The socket is closed. */
  release(): void {
    this.#leave?.();
    this.#leave = undefined;
  }

  /** Returns the status to report for a status of the monitor; `undefined`: it was reported already. */
  explain<S extends StatusOf>(status: S): S | Failed | undefined {
    if (status.kind !== 'handshakeFailed' || status.error === undefined) return status;
    const { code, status: answer } = status.error as Error & { code?: string; status?: number };
    if (answer !== undefined && this.#denials > 0) {
      this.#denials -= 1;
      return undefined;
    }
    const reason = answer === undefined ? this.#reason(code ?? '') : `the peer refused us: '${answer}'`;
    if (reason === undefined) return { ...status, reason: ENDINGS.get(code)?.open ?? status.reason };
    return { ...status, reason, error: this.#error(status.endpoint, reason, status.error) };
  }

  #reason(code: string): string | undefined {
    if (code in REASONS) return REASONS[code];
    if (code.startsWith('ERR_ZAP_')) return `the ZAP handler did not answer as it should (${code})`;
    if (this.#mechanism === 'null') return undefined;
    const ending = ENDINGS.get(code);
    if (ending) return ending.secured;
    if (code === 'EAGAIN') return 'the handshake was not done in time';
    // Also for an ERROR of the peer, which libzmq's PLAIN does not understand.
    return code.startsWith('ERR_ZMTP_') ? `the peer does not answer as a side that accepts us (${code})` : undefined;
  }

  #denied(reason: string): void {
    this.#denials += 1;
    const endpoint = this.#endpoint();
    this.#notify({ kind: 'handshakeFailed', endpoint, reason, error: this.#error(endpoint, reason) });
  }

  #error(endpoint: string, reason: string, cause?: Error): SecurityError {
    return new SecurityError(endpoint, this.#mechanism, reason, cause && { cause });
  }

  get #mechanism(): SecurityError['mechanism'] {
    return this.#security.security?.mechanism ?? 'null';
  }
}
