interface StatusBase {
  /** The path that was asked for, without its query, at most 200 characters of it. */
  readonly path: string;
  /** The client's IP address: its own, or the one a proxy of `trustProxy` says. */
  readonly address: string;
  /** Who `authenticate` says it is. */
  readonly userId?: string | undefined;
}

/** A client did not come in. */
export interface RefusedStatus extends StatusBase {
  readonly kind: 'refused';
  /** What it was told: an HTTP status below 1000, else the code its WebSocket was closed with. */
  readonly code: number;
  /** The true reason; the client may have been told less. */
  readonly reason: string;
  /** What it said as its Origin. */
  readonly origin?: string | undefined;
}
/** A client is a peer of the socket at its path. */
export interface ClientConnectedStatus extends StatusBase {
  readonly kind: 'connected';
  /** What kind of socket it has, such as `'sub'`. */
  readonly socketType: string;
}
/** Something has waited for a client longer than `slowMs`, and it gave no credit. */
export interface ClientStalledStatus extends StatusBase {
  readonly kind: 'stalled';
}
/** A client that had stalled takes messages again. */
export interface ClientResumedStatus extends StatusBase {
  readonly kind: 'resumed';
}
/** Messages were lost: a client had no room for them, or left before they went out, or what it sent is not what its path takes. */
export interface ClientDroppedStatus extends StatusBase {
  readonly kind: 'dropped';
  readonly count: number;
  readonly reason: string;
}
/** A client that was connected is gone. */
export interface ClientClosedStatus extends StatusBase {
  readonly kind: 'closed';
  /** As the WebSocket was closed, from whichever side; 1006: it broke without a word. */
  readonly code: number;
  readonly reason: string;
}

/** What a gateway tells of its clients, told apart by `kind`. No token is in it. */
export type GatewayStatus =
  | RefusedStatus
  | ClientConnectedStatus
  | ClientStalledStatus
  | ClientResumedStatus
  | ClientDroppedStatus
  | ClientClosedStatus;
