/** The metadata of a peer from its handshake. */
export interface PeerInfo {
  /** Its ZMTP version: 3.1 has SUBSCRIBE and CANCEL, older ones use messages for that; 2.0 has no commands at all. inproc: 3.1. */
  readonly version: 2 | 3 | 3.1;
  /** As in READY, such as `PUSH`; '' if the peer did not send it. */
  readonly socketType: string;
  /** Its routing id; empty: none. */
  readonly identity: Uint8Array;
  /** All properties of its READY or INITIATE, the first of each name. What an authenticator adds is not included. */
  readonly properties: ReadonlyMap<string, Uint8Array>;
  /** The user id that the authenticator returned. */
  readonly userId?: string | undefined;
}
