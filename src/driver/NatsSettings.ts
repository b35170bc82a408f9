/** What proves to a server of NATS who a socket is. */
export interface NatsSecrets {
  readonly user?: string | undefined;
  readonly password?: string | undefined;
  readonly token?: string | undefined;
  /** The seed of an nkey. */
  readonly nkey?: string | undefined;
  /** A credentials file: its path, or what it says. */
  readonly credentials?: string | undefined;
}

/** How a connection to NATS is secured. Names of files, or what they say, in PEM. */
export interface NatsTls {
  readonly ca?: string | undefined;
  readonly caFile?: string | undefined;
  readonly cert?: string | undefined;
  readonly certFile?: string | undefined;
  readonly key?: string | undefined;
  readonly keyFile?: string | undefined;
  /** TLS begins before the server has said anything, as the server must expect too. */
  readonly handshakeFirst?: boolean | undefined;
}

/** What only `nats://` endpoints have: who this is, and how the connection is secured. User and password stand in the endpoint. */
export interface NatsOptions {
  /** A token that the server knows. */
  readonly token?: string | undefined;
  /** The seed of an nkey, `SU...`. */
  readonly nkey?: string | undefined;
  /** A credentials file (user JWT and seed): its path, or what it says. */
  readonly credentials?: string | undefined;
  /** Asks for TLS: `true`, or with certificates of one's own. @default as the server has it */
  readonly tls?: boolean | NatsTls | undefined;
  /** `reply` only: those that say the same name share the requests, each of which goes to one of them. @default each gets all */
  readonly queue?: string | undefined;
}

/** What only sockets over NATS know of. */
export interface NatsSettings {
  /** The servers of one cluster, `nats://host:port` or `wss://host:port`, without user and password. */
  readonly servers: readonly string[];
  /** What its subjects begin with. */
  readonly base: string;
  /** Which subjects its messages have, and how they stand there. */
  readonly subjects: 'dpstream' | 'sigs' | 'topic' | 'base';
  /** A function, so that nothing that prints settings prints these. */
  readonly secrets: () => NatsSecrets;
  readonly tls: NatsTls | undefined;
  /** router: those of one name share the requests. */
  readonly queue: string | undefined;
  /** sub, pull: an end of stream ends it, else it is left out. */
  readonly ends: boolean;
}
