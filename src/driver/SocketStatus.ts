interface StatusBase {
  /** The endpoint that it concerns; if it concerns the whole socket, all of its endpoints, joined by `', '`. */
  readonly endpoint: string;
  /** Identifies the socket within this process: each subscription opens its own. */
  readonly socketId: number;
}

/** The socket is bound; `endpoint` has the actual port. */
export interface ListeningStatus extends StatusBase {
  readonly kind: 'listening';
}
/** The socket is connecting. */
export interface ConnectingStatus extends StatusBase {
  readonly kind: 'connecting';
}
/** A peer has completed its handshake. */
export interface ConnectedStatus extends StatusBase {
  readonly kind: 'connected';
  /** The user id that `authenticate` returned. Engine only. */
  readonly userId?: string;
  /** The number of the connection, as in `frame.peer`; set together with `userId`. */
  readonly peer?: number;
}
/** A peer is gone. A connecting socket reconnects by itself. */
export interface DisconnectedStatus extends StatusBase {
  readonly kind: 'disconnected';
  readonly reason: string;
}
/** A connection could not be made (refused, unreachable, no such host); the socket will try again. */
export interface RetryingStatus extends StatusBase {
  readonly kind: 'retrying';
  /** When the next attempt starts, in ms from now. */
  readonly delayMs: number;
  /** Why the last attempt failed, as far as this side can know. Over WebSockets and NATS. */
  readonly reason?: string;
}
/** The name of an inproc endpoint is bound in another thread of this process, which inproc cannot reach. Engine only. */
export interface OtherThreadStatus extends StatusBase {
  readonly kind: 'otherThread';
  readonly reason: string;
}
/** The handshake with a peer failed: it does not speak ZMTP, or its socket type or security does not fit. */
export interface HandshakeFailedStatus extends StatusBase {
  readonly kind: 'handshakeFailed';
  readonly reason: string;
  /** A `SecurityError` if authentication failed, as far as this side can know. */
  readonly error?: Error;
}
/** How many connections of a `toPub` have a subscription now. The native driver estimates the number. */
export interface SubscribedStatus extends StatusBase {
  readonly kind: 'subscribed';
  readonly count: number;
}
/** Back-pressure: the consumer is not ready, and the socket is not read. */
export interface StalledStatus extends StatusBase {
  readonly kind: 'stalled';
}
/** The consumer is ready again. */
export interface ResumedStatus extends StatusBase {
  readonly kind: 'resumed';
  /** How long the socket was not read. */
  readonly stalledMs: number;
}
/** The socket has lost messages. */
export interface DroppedStatus extends StatusBase {
  readonly kind: 'dropped';
  /** How many; `undefined` if the driver cannot tell. */
  readonly count: number | undefined;
  readonly reason: string;
  readonly error?: unknown;
}
/** The codec could not decode a message. */
export interface InvalidStatus extends StatusBase {
  readonly kind: 'invalid';
  readonly reason: string;
  readonly error: Error;
  /** Invalid messages of this socket so far, including this one. */
  readonly count: number;
}
/** The socket is closed and has released everything. The last event. */
export interface ClosedStatus extends StatusBase {
  readonly kind: 'closed';
}

/** The events of a socket; `kind` tells them apart. */
export type SocketStatus =
  | ListeningStatus
  | ConnectingStatus
  | ConnectedStatus
  | DisconnectedStatus
  | RetryingStatus
  | OtherThreadStatus
  | HandshakeFailedStatus
  | SubscribedStatus
  | StalledStatus
  | ResumedStatus
  | DroppedStatus
  | InvalidStatus
  | ClosedStatus;

/** An event without the id of its socket, which is added when it is emitted. */
export type StatusOf<S extends SocketStatus = SocketStatus> = S extends SocketStatus ? Omit<S, 'socketId'> : never;
