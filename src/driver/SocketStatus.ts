interface StatusBase {
  /** The endpoint it happened on; all of the socket's, joined by `', '`, where it concerns the socket. */
  readonly endpoint: string;
  /** Tells apart the sockets of one process: each subscription opens its own. */
  readonly socketId: number;
}

/** The socket is bound; `endpoint` is the real one, with its port. */
export interface ListeningStatus extends StatusBase {
  readonly kind: 'listening';
}
/** A connection is being made. */
export interface ConnectingStatus extends StatusBase {
  readonly kind: 'connecting';
}
/** A peer is there: its handshake is done. */
export interface ConnectedStatus extends StatusBase {
  readonly kind: 'connected';
  /** Who `authenticate` says it is. Engine only. */
  readonly userId?: string;
  /** Which connection it is, as frames of it say; told with `userId`. */
  readonly peer?: number;
}
/** A peer went away. A connecting side comes back by itself. */
export interface DisconnectedStatus extends StatusBase {
  readonly kind: 'disconnected';
  readonly reason: string;
}
/** A connection could not be made (refused, unreachable, no such host) and will be tried again. */
export interface RetryingStatus extends StatusBase {
  readonly kind: 'retrying';
  /** In how many ms. */
  readonly delayMs: number;
  /** Why the last attempt failed, as far as this side can know. Over WebSockets. */
  readonly reason?: string;
}
/** The name of an inproc endpoint is bound in another thread of the process, which inproc does not reach. Engine only. */
export interface OtherThreadStatus extends StatusBase {
  readonly kind: 'otherThread';
  readonly reason: string;
}
/** A peer came, but it does not speak ZMTP, or its socket type or security does not fit. */
export interface HandshakeFailedStatus extends StatusBase {
  readonly kind: 'handshakeFailed';
  readonly reason: string;
  /** A `SecurityError` where it failed over who may talk to whom, as far as this side can know. */
  readonly error?: Error;
}
/** How many connections of a `toPub` have a subscription now. The native driver estimates it. */
export interface SubscribedStatus extends StatusBase {
  readonly kind: 'subscribed';
  readonly count: number;
}
/** The consumer has no room: the socket is not being read. */
export interface StalledStatus extends StatusBase {
  readonly kind: 'stalled';
}
/** The consumer has room again. */
export interface ResumedStatus extends StatusBase {
  readonly kind: 'resumed';
  /** How long it had none. */
  readonly stalledMs: number;
}
/** Messages were lost here. */
export interface DroppedStatus extends StatusBase {
  readonly kind: 'dropped';
  /** How many; `undefined` where the driver cannot tell. */
  readonly count: number | undefined;
  readonly reason: string;
  readonly error?: unknown;
}
/** A message that its codec could not read was skipped or told. */
export interface InvalidStatus extends StatusBase {
  readonly kind: 'invalid';
  readonly reason: string;
  readonly error: Error;
  /** Invalid messages of this socket so far, this one included. */
  readonly count: number;
}
/** The socket is gone, with all it held. */
export interface ClosedStatus extends StatusBase {
  readonly kind: 'closed';
}

/** What a socket tells of itself, told apart by `kind`. */
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

/** A status without its socket, which whoever tells it adds. */
export type StatusOf<S extends SocketStatus = SocketStatus> = S extends SocketStatus ? Omit<S, 'socketId'> : never;
