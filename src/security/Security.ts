import type { Authenticate, CurveCredentials, NullCredentials, PlainCredentials } from './Credentials.js';

/** A key of CURVE: 32 bytes, or 40 characters of Z85 as {@link curveKeyPair} gives them. */
export type CurveKey = string | Uint8Array;

/** Which addresses a peer may have. Over ipc peers have none, so that these cannot be used there. */
export interface AddressLists {
  /**
   * IP addresses and networks, such as `'192.168.1.7'`, `'10.0.0.0/8'` or `'fd00::/8'`: all others are kept out. IPv4 peers of
   * an IPv6 socket count as IPv4. @default all
   */
  readonly allow?: readonly string[] | undefined;
  /** The same of those that are kept out, also where `allow` has them. @default none */
  readonly deny?: readonly string[] | undefined;
}

/** NULL: nobody proves anything and nothing is encrypted, but peers can be kept out by their address. */
export interface NullSecurity extends AddressLists {
  readonly mechanism: 'null';
  /** Asked about each peer. @default everybody may come in */
  readonly authenticate?: Authenticate<NullCredentials> | undefined;
}

/** PLAIN, the side that has a name. Its password goes over the wire as it is: for networks one trusts. */
export interface PlainClientSecurity {
  readonly mechanism: 'plain';
  /** 1 to 255 bytes in UTF-8. Native: `ZMQ_PLAIN_USERNAME`. */
  readonly username: string;
  /** 1 to 255 bytes in UTF-8. Native: `ZMQ_PLAIN_PASSWORD`. */
  readonly password: string;
  readonly authenticate?: undefined;
  readonly allow?: undefined;
  readonly deny?: undefined;
}

/** PLAIN, the side that asks. Native: `ZMQ_PLAIN_SERVER`. */
export interface PlainServerSecurity extends AddressLists {
  readonly mechanism: 'plain';
  /** Asked about each peer. */
  readonly authenticate: Authenticate<PlainCredentials>;
  readonly username?: undefined;
  readonly password?: undefined;
}

/** CURVE, the side that knows the other's public key, and talks to nobody who has not the secret one of it. */
export interface CurveClientSecurity {
  readonly mechanism: 'curve';
  /** The public key of the server. Native: `ZMQ_CURVE_SERVERKEY`. */
  readonly serverKey: CurveKey;
  /** Who this side is; it must belong to `secretKey`. Native: `ZMQ_CURVE_PUBLICKEY`. @default the public key of `secretKey` */
  readonly publicKey?: CurveKey | undefined;
  /** Proves it. Native: `ZMQ_CURVE_SECRETKEY`. @default a new key at each call, for a server that lets everybody in */
  readonly secretKey?: CurveKey | undefined;
  readonly authenticate?: undefined;
  readonly allow?: undefined;
  readonly deny?: undefined;
}

/** CURVE, the side whose public key the others know. Native: `ZMQ_CURVE_SERVER`. */
export interface CurveServerSecurity extends AddressLists {
  readonly mechanism: 'curve';
  /** Of the pair whose public key clients have as `serverKey`. Native: `ZMQ_CURVE_SECRETKEY`. */
  readonly secretKey: CurveKey;
  /** Asked about each peer. @default everybody who knows the public key may come in */
  readonly authenticate?: Authenticate<CurveCredentials> | undefined;
  readonly serverKey?: undefined;
  readonly publicKey?: undefined;
}

/**
 * How a socket proves who it is, and whom it lets in. The two sides of a connection must have the same mechanism; which of
 * them binds is another matter.
 */
export type Security =
  NullSecurity | PlainClientSecurity | PlainServerSecurity | CurveClientSecurity | CurveServerSecurity;
