/** What drivers are told of option `security`. */
export interface SocketSecurity {
  readonly security?: DriverSecurity | undefined;
  /** Whether a peer with this IP address may come in; `undefined`: any may. */
  readonly admits?: ((address: string) => boolean) | undefined;
}

/** How a socket proves who it is and asks who the others are. */
export type DriverSecurity = PlainClient | PlainServer | CurveClient | CurveServer | NullWithAuthentication;

/** NULL: nobody proves anything, but connections can be refused by their address. */
export interface NullWithAuthentication {
  readonly mechanism: 'null';
  readonly authenticate: Authenticate;
}
/** PLAIN, the side that has a name. */
export interface PlainClient {
  readonly mechanism: 'plain';
  readonly username: string;
  readonly password: string;
}
/** PLAIN, the side that asks. */
export interface PlainServer {
  readonly mechanism: 'plain';
  readonly authenticate: Authenticate;
}
/** CURVE, the side that knows the server's key. Keys are 32 bytes. */
export interface CurveClient {
  readonly mechanism: 'curve';
  readonly serverKey: Uint8Array;
  readonly publicKey: Uint8Array;
  readonly secretKey: Uint8Array;
}
/** CURVE, the side whose key is known. Without `authenticate` any client may come in. */
export interface CurveServer {
  readonly mechanism: 'curve';
  readonly secretKey: Uint8Array;
  readonly authenticate?: Authenticate | undefined;
}

/** Who asks to come in. */
export interface Credentials {
  readonly mechanism: 'null' | 'plain' | 'curve';
  /** Its address without its port; '' on ipc. */
  readonly address: string;
  readonly username?: string;
  readonly password?: string;
  /** CURVE: 32 bytes. */
  readonly publicKey?: Uint8Array;
}

/** `false`: no; `true`: yes; a text: yes, and that is who it is. A throw or rejection is a no. */
export type Authenticate = (who: Credentials) => boolean | string | PromiseLike<boolean | string>;
