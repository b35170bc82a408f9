import type { ConnectionOptions, NatsConnection } from '@nats-io/nats-core';

/** The packages of NATS, as a platform has them. */
export interface NatsLibrary {
  readonly core: typeof import('@nats-io/nats-core');
  readonly jetstream: typeof import('@nats-io/jetstream');
  readonly connect: (options: ConnectionOptions) => Promise<NatsConnection>;
  /** What a file says, for credentials. */
  readonly readFile: (path: string) => Promise<string>;
}

/** Loads the packages. @param isWeb over WebSocket @throws NatsLoadError, UnsupportedError */
export type LoadNats = (isWeb: boolean) => Promise<NatsLibrary>;
