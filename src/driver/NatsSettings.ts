/** How a socket authenticates to a NATS server. */
export interface NatsSecrets {
  readonly user?: string | undefined;
  readonly password?: string | undefined;
  readonly token?: string | undefined;
  /** The seed of an nkey. */
  readonly nkey?: string | undefined;
  /** A credentials file: its path, or its content. */
  readonly credentials?: string | undefined;
}

/** TLS of a connection to NATS. Names of files, or their content, in PEM. */
export interface NatsTls {
  readonly ca?: string | undefined;
  readonly caFile?: string | undefined;
  readonly cert?: string | undefined;
  readonly certFile?: string | undefined;
  readonly key?: string | undefined;
  readonly keyFile?: string | undefined;
  /** TLS begins before the server sends anything; the server needs the same setting. */
  readonly handshakeFirst?: boolean | undefined;
}

/** Options of `nats://` endpoints only: authentication and TLS. User and password are in the endpoint. */
export interface NatsOptions {
  /** A token for the server. */
  readonly token?: string | undefined;
  /** The seed of an nkey, `SU...`. */
  readonly nkey?: string | undefined;
  /** A credentials file (user JWT and seed): its path, or its content. */
  readonly credentials?: string | undefined;
  /** Requires TLS: `true`, or with your own certificates. @default as the server requires */
  readonly tls?: boolean | NatsTls | undefined;
  /** `reply` only: services with the same name share the requests; each request goes to one of them. @default each gets all */
  readonly queue?: string | undefined;
}

/** Settings of sockets over NATS only. */
export interface NatsSettings {
  /** The servers of one cluster, `nats://host:port` or `wss://host:port`, without user and password. */
  readonly servers: readonly string[];
  /** The prefix of its subjects. */
  readonly base: string;
  /** The subjects of its messages, and their form. */
  readonly subjects: 'dpstream' | 'sigs' | 'topic' | 'base';
  /** A function, so that code that prints settings does not print these. */
  readonly secrets: () => NatsSecrets;
  readonly tls: NatsTls | undefined;
  /** router: services with the same name share the requests. */
  readonly queue: string | undefined;
  /** sub, pull: an end of stream completes it; otherwise it is ignored. */
  readonly ends: boolean;
}
