import type { Authenticate, CurveCredentials, NullCredentials, PlainCredentials } from './Credentials.js';

/** A key of CURVE: 32 bytes, or 40 characters of Z85 as from {@link curveKeyPair}. */
export type CurveKey = string | Uint8Array;

/** Which addresses a peer may have. Not for ipc, where peers have no address. */
export interface AddressLists {
  /**
   * IP addresses and networks, such as `'192.168.1.7'`, `'10.0.0.0/8'` or `'fd00::/8'`: all others are refused. IPv4 peers of an
   * IPv6 socket count as IPv4. @default all
   */
  readonly allow?: readonly string[] | undefined;
  /** IP addresses and networks that are refused, even if `allow` has them. @default none */
  readonly deny?: readonly string[] | undefined;
}

/** NULL: no authentication and no encryption, but peers can be refused by their address. */
export interface NullSecurity extends AddressLists {
  readonly mechanism: 'null';
  /** Called for each peer: authenticates it. @default accepts every peer */
  readonly authenticate?: Authenticate<NullCredentials> | undefined;
}

/** PLAIN, the client, with a name and a password. The password is sent unencrypted: for networks that you trust. */
export interface PlainClientSecurity {
  readonly mechanism: 'plain';
  /** `ZMQ_PLAIN_USERNAME`: 1 to 255 bytes in UTF-8. */
  readonly username: string;
  /** `ZMQ_PLAIN_PASSWORD`: 1 to 255 bytes in UTF-8. */
  readonly password: string;
  readonly authenticate?: undefined;
  readonly allow?: undefined;
  readonly deny?: undefined;
}

/** PLAIN, the server, which authenticates clients. `ZMQ_PLAIN_SERVER`. */
export interface PlainServerSecurity extends AddressLists {
  readonly mechanism: 'plain';
  /** Called for each client: authenticates it. */
  readonly authenticate: Authenticate<PlainCredentials>;
  readonly username?: undefined;
  readonly password?: undefined;
}

/** CURVE, the client. It knows the public key of its server, and talks only to the server that has the secret key for it. */
export interface CurveClientSecurity {
  readonly mechanism: 'curve';
  /** `ZMQ_CURVE_SERVERKEY`: the public key of the server. */
  readonly serverKey: CurveKey;
  /** `ZMQ_CURVE_PUBLICKEY`: the public key of this client; it must belong to `secretKey`. @default the public key of `secretKey` */
  readonly publicKey?: CurveKey | undefined;
  /** `ZMQ_CURVE_SECRETKEY`: the secret key of this client. @default a new key at each call, for servers that accept every client */
  readonly secretKey?: CurveKey | undefined;
  readonly authenticate?: undefined;
  readonly allow?: undefined;
  readonly deny?: undefined;
}

/** CURVE, the server, whose public key the clients know. `ZMQ_CURVE_SERVER`. */
export interface CurveServerSecurity extends AddressLists {
  readonly mechanism: 'curve';
  /** `ZMQ_CURVE_SECRETKEY`: the secret key of the server; clients have its public key as `serverKey`. */
  readonly secretKey: CurveKey;
  /** Called for each client: authenticates it. @default accepts every client that knows the public key */
  readonly authenticate?: Authenticate<CurveCredentials> | undefined;
  readonly serverKey?: undefined;
  readonly publicKey?: undefined;
}

/**
 * How a socket authenticates itself and its peers. Both sides of a connection must have the same mechanism; which of them binds
 * does not matter.
 */
export type Security =
  NullSecurity | PlainClientSecurity | PlainServerSecurity | CurveClientSecurity | CurveServerSecurity;
