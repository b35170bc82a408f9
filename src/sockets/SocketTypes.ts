import type { Datagram, GroupMessage, OutgoingParts, Part, RoutedMessage } from './messages.js';
import type {
  DealerSocketOptions,
  DgramSocketOptions,
  PubSocketOptions,
  PullSocketOptions,
  PushSocketOptions,
  RadioSocketOptions,
  ReceivingSocketOptions,
  RepSocketOptions,
  ReqSocketOptions,
  RouterSocketOptions,
  ScatterSocketOptions,
  StreamSocketOptions,
  SubSocketOptions,
  TwoWaySocketOptions,
  XPubSocketOptions,
  XSubSocketOptions,
} from './OpenSocketOptions.js';
import type { Connects, Joins, NamesPeers, Receives, Sends, SocketHandle, Subscribes } from './SocketHandle.js';

/** The methods of handles that send and receive parts. */
export interface TwoWaySocket extends SocketHandle, Connects, Sends<OutgoingParts>, Receives<Uint8Array[]> {}

/** The handles of all socket types, by their names. */
export interface SocketHandles {
  pair: TwoWaySocket;
  pub: SocketHandle & Connects & Sends<OutgoingParts>;
  sub: SocketHandle & Connects & Receives<Uint8Array[]> & Subscribes;
  /** Receives `01 topic` and `00 topic` when its peers subscribe and unsubscribe. */
  xpub: TwoWaySocket;
  xsub: TwoWaySocket & Subscribes;
  push: SocketHandle & Connects & Sends<OutgoingParts>;
  pull: SocketHandle & Connects & Receives<Uint8Array[]>;
  req: TwoWaySocket;
  rep: TwoWaySocket;
  dealer: TwoWaySocket;
  /** The first part of each message is the routing id of its peer. */
  router: SocketHandle & Connects & NamesPeers<string | Uint8Array> & Sends<readonly Part[]> & Receives<Uint8Array[]>;
  /**
   * Exchanges data with peers that do not speak ZeroMQ: the first part is the routing id of the peer, the second a piece of its
   * stream.
   */
  stream: SocketHandle &
    Connects &
    NamesPeers<string | Uint8Array> &
    Sends<readonly [routingId: Part, data: Part]> &
    Receives<[routingId: Uint8Array, data: Uint8Array]>;
  server: SocketHandle & Connects & Sends<RoutedMessage<Part>> & Receives<RoutedMessage>;
  client: SocketHandle & Connects & Sends<Part> & Receives<Uint8Array>;
  radio: SocketHandle & Connects & Sends<GroupMessage<Part>>;
  dish: SocketHandle & Connects & Receives<GroupMessage> & Joins;
  scatter: SocketHandle & Connects & Sends<Part>;
  gather: SocketHandle & Connects & Receives<Uint8Array>;
  dgram: SocketHandle & Sends<Datagram<Part>> & Receives<Datagram>;
  peer: SocketHandle & Connects & NamesPeers<number> & Sends<RoutedMessage<Part>> & Receives<RoutedMessage>;
  channel: SocketHandle & Connects & Sends<Part> & Receives<Uint8Array>;
}

/** The options of all socket types, by their names. */
export interface SocketOptionsByType {
  pair: TwoWaySocketOptions;
  pub: PubSocketOptions;
  sub: SubSocketOptions;
  xpub: XPubSocketOptions;
  xsub: XSubSocketOptions;
  push: PushSocketOptions;
  pull: PullSocketOptions;
  req: ReqSocketOptions;
  rep: RepSocketOptions;
  dealer: DealerSocketOptions;
  router: RouterSocketOptions;
  stream: StreamSocketOptions;
  server: TwoWaySocketOptions;
  client: TwoWaySocketOptions;
  radio: RadioSocketOptions;
  dish: ReceivingSocketOptions;
  scatter: ScatterSocketOptions;
  gather: ReceivingSocketOptions;
  dgram: DgramSocketOptions;
  peer: TwoWaySocketOptions;
  channel: TwoWaySocketOptions;
}

/** All socket types of ZeroMQ. */
export type SocketType = keyof SocketHandles;

/** The handle of a socket type: `SocketOf<'router'>`. */
export type SocketOf<Type extends SocketType> = SocketHandles[Type] & {
  /** The name of its type. */
  readonly type: Type;
};

/** The messages that a socket type receives; `never`: none. */
export type MessageOf<Type extends SocketType> =
  SocketHandles[Type] extends Receives<infer Received> ? Received : never;
