/** What a peer said of itself in its handshake. */
export interface PeerInfo {
  /** Its ZMTP: 3.1 knows SUBSCRIBE and CANCEL, older ones take messages for that; 2.0 has no commands at all. inproc: 3.1. */
  readonly version: 2 | 3 | 3.1;
  /** As READY has it, `PUSH`; '' where it did not say. */
  readonly socketType: string;
  /** Its routing id; empty: it has none. */
  readonly identity: Uint8Array;
  /** All properties of its READY or INITIATE, the first of each name, besides what an authenticator added. */
  readonly properties: ReadonlyMap<string, Uint8Array>;
  /** Who an authenticator says it is. */
  readonly userId?: string | undefined;
}
