interface StatusBase {
  /** The requested path, without its query, at most 200 characters. */
  readonly path: string;
  /** The IP address of the client: its own, or the one that a proxy of `trustProxy` reports. */
  readonly address: string;
  /** The user id that `authenticate` returned. */
  readonly userId?: string | undefined;
}

/** A client was refused. */
export interface RefusedStatus extends StatusBase {
  readonly kind: 'refused';
  /** The code that the client got: below 1000, an HTTP status; otherwise the close code of its WebSocket. */
  readonly code: number;
  /** The actual reason; the client may get a less detailed one. */
  readonly reason: string;
  /** Its Origin header. */
  readonly origin?: string | undefined;
}
/** A client is connected to the socket at its path. */
export interface ClientConnectedStatus extends StatusBase {
  readonly kind: 'connected';
  /** The type of its socket, such as `'sub'`. */
  readonly socketType: string;
}
/** A message has waited for a client longer than `slowMs`, as the client gave no credit. */
export interface ClientStalledStatus extends StatusBase {
  readonly kind: 'stalled';
}
/** A stalled client accepts messages again. */
export interface ClientResumedStatus extends StatusBase {
  readonly kind: 'resumed';
}
/** Messages were lost: the queue of a client was full, it left before they were sent, or it sent messages that its path does not accept. */
export interface ClientDroppedStatus extends StatusBase {
  readonly kind: 'dropped';
  readonly count: number;
  readonly reason: string;
}
/** A client that was connected is gone. */
export interface ClientClosedStatus extends StatusBase {
  readonly kind: 'closed';
  /** The close code of the WebSocket, from either side; 1006: the connection broke without a close. */
  readonly code: number;
  readonly reason: string;
}

/** The events of the clients of a gateway; `kind` tells them apart. They never contain a token. */
export type GatewayStatus =
  | RefusedStatus
  | ClientConnectedStatus
  | ClientStalledStatus
  | ClientResumedStatus
  | ClientDroppedStatus
  | ClientClosedStatus;
