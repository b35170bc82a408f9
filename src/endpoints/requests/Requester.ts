import type { Parts } from '../../basics/Parts.js';
import type { Socket } from '../../driver/Socket.js';
import type { SocketStatus } from '../../driver/SocketStatus.js';
import type { RequestTimeoutError, RxZmqError } from '../../errors.js';

/** A request on its way to the socket. */
export interface EncodedRequest {
  /** The request after `prepare` of its codec. */
  readonly request: unknown;
  readonly body: Parts;
}

/** The caller of a request. Exactly one of the three methods is called, once. */
export interface Requester {
  reply(reply: unknown, request: unknown): void;
  timedOut(error: RequestTimeoutError, request: unknown): void;
  failed(error: Error): void;
}

/** The listener for everything that does not concern a single request. */
export interface RequestListener {
  status(status: SocketStatus): void;
  invalid(socket: Socket, cause: unknown, parts: Parts): void;
  failed(error: RxZmqError): void;
  closed(): void;
}
