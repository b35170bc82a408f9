import type { Codec } from '../codecs/Codec.js';
import type { SampleType } from '../samples/types.js';
import type { Socket, SocketListener } from './Socket.js';
import type { EndpointType, SocketSettings } from './SocketSettings.js';

/** The differences between drivers. Code checks one of these, never which driver it is. */
export interface Capabilities {
  /** When `write` returns, it has copied a message that is not `owned`, so its memory may be reused. */
  readonly copiesAtOnce: boolean;
  /** It reports when an `owned` message is no longer referenced. */
  readonly tellsReleased: boolean;
  /** `from` is the connection on which a message arrived. */
  readonly tellsPeer: boolean;
  /** `withdraw` can take a message back. */
  readonly withdraws: boolean;
  /** It knows how many messages were left when it closed. */
  readonly countsLeftover: boolean;
  /** `write` returns `undefined` for an `owned` message, and calls the listener's `tried` later. */
  readonly tellsLater: boolean;
  /** `settle` acknowledges or refuses a message that was read. ZeroMQ has no acknowledgements. */
  readonly settles: boolean;
  /** push: it reports when the receiver has stored a message, which counts as accepted only then. */
  readonly confirms: boolean;
  /** It uses only the clock and environment in its settings, so that virtual time can drive it. */
  readonly runsInVirtualTime: boolean;
}

/** The names of ZeroMQ drivers, in options and texts. */
export type DriverName = 'engine' | 'native';

/** The settings that a driver reads from its own kind of endpoints and options. */
export type DriverSettings = Pick<SocketSettings, 'type' | 'endpoints' | 'bind' | 'requiresPeer' | 'options' | 'nats'> &
  Partial<Pick<SocketSettings, 'highWaterMark'>>;

/** A way to open sockets. */
export interface Driver {
  /** For options and texts. */
  readonly name: DriverName | 'nats';
  readonly capabilities: Capabilities;
  /** The default codec of its endpoints. @default sigs */
  readonly codec?: Codec<unknown, never, unknown> | undefined;
  /** The value that a sink sends where its option `endOfStream` has it say that nothing more comes, for drivers that have one. */
  readonly endOfStream?: { make(sampleType: SampleType | undefined): unknown; is(value: unknown): boolean } | undefined;
  /**
   * Reads the driver's own kind of endpoints and options.
   *
   * @throws OptionError, EndpointError
   */
  settings?(
    kind: { readonly of: string; readonly type: EndpointType },
    endpoints: unknown,
    options: object,
  ): DriverSettings;
  /** Opens a socket without its endpoints. */
  open(settings: SocketSettings, listener: SocketListener): Socket;
}

/** The drivers of one kind of ZeroMQ's sockets, by their names. */
export type Drivers = Readonly<Record<DriverName, Driver>>;

/** Settings, and the driver chosen for them. */
export interface OpenSettings extends SocketSettings {
  readonly driver: Driver;
  /** A source, sink, request or reply opens it, with all its endpoints. */
  readonly isEndpoint?: boolean | undefined;
}
