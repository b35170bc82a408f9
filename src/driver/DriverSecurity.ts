/** The settings of option `security` for drivers. */
export interface SocketSecurity {
  readonly security?: DriverSecurity | undefined;
  /** Whether to accept a peer with this IP address; `undefined`: accepts all. */
  readonly admits?: ((address: string) => boolean) | undefined;
}

/** How a socket authenticates itself and its peers. */
export type DriverSecurity = PlainClient | PlainServer | CurveClient | CurveServer | NullWithAuthentication;

/** NULL: no authentication, but connections can be refused by their address. */
export interface NullWithAuthentication {
  readonly mechanism: 'null';
  readonly authenticate: Authenticate;
}
/** PLAIN, the client. */
export interface PlainClient {
  readonly mechanism: 'plain';
  readonly username: string;
  readonly password: string;
}
/** PLAIN, the server. */
export interface PlainServer {
  readonly mechanism: 'plain';
  readonly authenticate: Authenticate;
}
/** CURVE, the client, which knows the server's key. Keys are 32 bytes. */
export interface CurveClient {
  readonly mechanism: 'curve';
  readonly serverKey: Uint8Array;
  readonly publicKey: Uint8Array;
  readonly secretKey: Uint8Array;
}
/** CURVE, the server. Without `authenticate` it accepts any client. */
export interface CurveServer {
  readonly mechanism: 'curve';
  readonly secretKey: Uint8Array;
  readonly authenticate?: Authenticate | undefined;
}

/** The peer to authenticate. */
export interface Credentials {
  readonly mechanism: 'null' | 'plain' | 'curve';
  /** Its address without its port; '' on ipc. */
  readonly address: string;
  readonly username?: string;
  readonly password?: string;
  /** CURVE: 32 bytes. */
  readonly publicKey?: Uint8Array;
}

/** `false` refuses, `true` accepts, a text accepts with that user id. An exception or rejection refuses. */
export type Authenticate = (who: Credentials) => boolean | string | PromiseLike<boolean | string>;
