import type { Codec } from '../codecs/Codec.js';
import type { SampleType } from '../samples/types.js';
import type { Socket, SocketListener } from './Socket.js';
import type { EndpointType, SocketSettings } from './SocketSettings.js';

/** What drivers differ in. Whoever has to know asks for one of these, and never which driver it is. */
export interface Capabilities {
  /** `write` has copied a message that is not `owned` when it returns, so that it may stand in memory that is used again. */
  readonly copiesAtOnce: boolean;
  /** It tells when nobody refers any more to an `owned` message. */
  readonly tellsReleased: boolean;
  /** `from` says which connection brought a message. */
  readonly tellsPeer: boolean;
  /** `withdraw` can take a message back. */
  readonly withdraws: boolean;
  /** It knows how many messages it was left with when it closed. */
  readonly countsLeftover: boolean;
  /** `write` gives `undefined` for an `owned` message, and the listener hears later what was `tried`. */
  readonly tellsLater: boolean;
  /** `settle` says what became of a message that was read, and the driver acts on it. ZeroMQ has no such thing. */
  readonly settles: boolean;
  /** It goes by the clock and the surroundings that it is given, so that virtual time can drive it. */
  readonly runsInVirtualTime: boolean;
}

/** What drivers of ZeroMQ are called, in options and texts. */
export type DriverName = 'engine' | 'native';

/** What a driver reads of endpoints and options that are its own. */
export type DriverSettings = Pick<SocketSettings, 'type' | 'endpoints' | 'bind' | 'requiresPeer' | 'options' | 'nats'> &
  Partial<Pick<SocketSettings, 'highWaterMark'>>;

/** A way to open sockets. */
export interface Driver {
  /** For options and texts. */
  readonly name: DriverName | 'nats';
  readonly capabilities: Capabilities;
  /** What the messages of its endpoints mean unless it is said. @default sigs */
  readonly codec?: Codec<unknown, never, unknown> | undefined;
  /** The value that a sink sends where its option `endOfStream` has it say that nothing more comes, for drivers that have one. */
  readonly endOfStream?: { make(sampleType: SampleType | undefined): unknown; is(value: unknown): boolean } | undefined;
  /**
   * Reads endpoints and options that are the driver's own.
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

/** Settings, and the driver that was picked for them. */
export interface OpenSettings extends SocketSettings {
  readonly driver: Driver;
  /** A source, sink, request or reply opens it, with all its endpoints. */
  readonly isEndpoint?: boolean | undefined;
}
