import type { ConnectionOptions, NatsConnection } from '@nats-io/nats-core';

/** The NATS packages, in the variant for the platform. */
export interface NatsLibrary {
  readonly core: typeof import('@nats-io/nats-core');
  readonly jetstream: typeof import('@nats-io/jetstream');
  readonly connect: (options: ConnectionOptions) => Promise<NatsConnection>;
  /** Reads a credentials file. */
  readonly readFile: (path: string) => Promise<string>;
}

/** Loads the packages. @param isWeb whether to connect over WebSocket @throws NatsLoadError, UnsupportedError */
export type LoadNats = (isWeb: boolean) => Promise<NatsLibrary>;
