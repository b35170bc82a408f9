import type { SocketOptions } from '../endpoints/SocketOptions.js';

/** Options of every socket type. */
export interface OpenSocketOptions extends Omit<SocketOptions, 'bind'> {
  /**
   * `ZMQ_IMMEDIATE`: queue messages only for peers with an established connection. `false`: also for endpoints that are still being
   * connected to, or reconnected. @default false
   */
  readonly immediate?: boolean | undefined;
  /** `ZMQ_BACKLOG`: how many connections may wait to be accepted at a bound endpoint. @default 4096, native 100 */
  readonly backlog?: number | undefined;
  /** `ZMQ_CONNECT_TIMEOUT`: how long an attempt to connect may take, in ms; 0: as long as the operating system allows. @default 0 */
  readonly connectTimeout?: number | undefined;
  /** `ZMQ_TCP_KEEPALIVE`: whether the operating system probes idle TCP connections; -1: its own setting. @default -1 */
  readonly tcpKeepalive?: boolean | -1 | 0 | 1 | undefined;
  /** `ZMQ_TCP_KEEPALIVE_IDLE`: after how many idle seconds the first probe is sent; -1: the setting of the system. @default -1, engine 7200 */
  readonly tcpKeepaliveIdle?: number | undefined;
  /** `ZMQ_TCP_KEEPALIVE_CNT`: how many probes may fail before the connection is closed. Native only. @default the setting of the system */
  readonly tcpKeepaliveCount?: number | undefined;
  /** `ZMQ_TCP_KEEPALIVE_INTVL`: the time between probes, in seconds. Native only. @default the setting of the system */
  readonly tcpKeepaliveInterval?: number | undefined;
  /** `ZMQ_TCP_MAXRT`: how long sent data may stay unacknowledged, in ms. Native only. @default the setting of the system */
  readonly tcpMaxRetransmitTimeout?: number | undefined;
  /** `ZMQ_TOS`: the DSCP and ECN bits of IP packets, 0 to 255. Native only. @default 0 */
  readonly typeOfService?: number | undefined;
  /** `ZMQ_SOCKS_PROXY`: a SOCKS5 proxy to connect through, `'host:port'`. Native only. @default none */
  readonly socksProxy?: string | undefined;
  /** `ZMQ_BINDTODEVICE`: the network interface to use; Linux, needs a privilege. Native only. @default any */
  readonly interface?: string | undefined;
}

/** Options of sockets that send. */
export interface SendingOptions {
  /** `ZMQ_SNDHWM`: how many messages are queued for one peer; 0: only `highWaterBytes` limits them. @default highWaterMark */
  readonly sendHighWaterMark?: number | undefined;
  /** `ZMQ_SNDBUF`: the send buffer of the operating system, in bytes. Native only. @default the setting of the system */
  readonly sendBufferSize?: number | undefined;
}

/** Options of sockets that receive. */
export interface ReceivingOptions {
  /** `ZMQ_RCVHWM`: how many messages of one peer are queued until they are read; 0: only `highWaterBytes` limits them. @default highWaterMark */
  readonly receiveHighWaterMark?: number | undefined;
  /** `ZMQ_RCVBUF`: the receive buffer of the operating system, in bytes. Native only. @default the setting of the system */
  readonly receiveBufferSize?: number | undefined;
}

/** Options of sockets that can keep only the newest message. */
export interface ConflatingOptions {
  /** `ZMQ_CONFLATE`: keep only the newest message for each peer, whatever the marks (native: only its last part). @default false */
  readonly conflate?: boolean | undefined;
}

/** Options of sockets that can have a routing id. */
export interface NamedOptions {
  /** `ZMQ_ROUTING_ID`: the id by which ROUTER peers know this socket: 1 to 255 bytes, of which the first is not 0. @default each peer chooses one */
  readonly routingId?: string | Uint8Array | undefined;
}

/** Options of sockets that can probe routers. */
export interface ProbingOptions {
  /** `ZMQ_PROBE_ROUTER`: send an empty message to each new peer, so that a ROUTER learns of this socket. @default false */
  readonly probeRouter?: boolean | undefined;
}

/** Options of sockets that publish. */
export interface PublishingOptions {
  /** `ZMQ_XPUB_NODROP`: `send` waits for the slowest subscriber of a message, instead of dropping it there. @default false */
  readonly noDrop?: boolean | undefined;
  /**
   * How much memory the subscriptions or groups of one peer may take, in bytes: each counts its topic and 256 bytes. The socket
   * disconnects a peer that asks for more. One peer can be a proxy for many subscribers. Engine only. @default 33,554,432 (32 MiB): more
   * than 100,000 topics
   */
  readonly maxSubscriptionBytes?: number | undefined;
  /** How many subscriptions or groups one peer may have. Engine only. @default as many as `maxSubscriptionBytes` allows */
  readonly maxSubscriptions?: number | undefined;
  /** The longest topic that a peer may subscribe to, in bytes. The socket disconnects a peer with a longer one. Engine only. @default 1024 */
  readonly maxTopicBytes?: number | undefined;
}

/** Options of sockets that match topics. */
export interface MatchingOptions {
  /** `ZMQ_INVERT_MATCHING`: deliver the messages that match no subscription, instead of those that do. Both sides must set it. @default false */
  readonly invertMatching?: boolean | undefined;
}

/** Options of a pub socket. */
export interface PubSocketOptions
  extends OpenSocketOptions, SendingOptions, ConflatingOptions, PublishingOptions, MatchingOptions {}

/** Options of a sub socket. */
export interface SubSocketOptions extends OpenSocketOptions, ReceivingOptions, ConflatingOptions, MatchingOptions {}

/** Options of an xpub socket. */
export interface XPubSocketOptions
  extends OpenSocketOptions, SendingOptions, ReceivingOptions, PublishingOptions, MatchingOptions {
  /**
   * `ZMQ_XPUB_VERBOSE`, `ZMQ_XPUB_VERBOSER`: which subscriptions are received. `'allSubs'`: also those to topics to which another peer
   * has subscribed; `'allSubsUnsubs'`: also all unsubscriptions. @default null: the first subscription and the last unsubscription
   */
  readonly verbosity?: 'allSubs' | 'allSubsUnsubs' | null | undefined;
  /**
   * `ZMQ_XPUB_MANUAL`: subscriptions are received but not applied. `subscribe` and `unsubscribe` apply them, for the peer whose request
   * was received last. @default false
   */
  readonly manual?: boolean | undefined;
  /** `ZMQ_XPUB_MANUAL_LAST_VALUE`: as `manual`; the first message after a request goes to its peer only. @default false */
  readonly manualLastValue?: boolean | undefined;
  /** `ZMQ_ONLY_FIRST_SUBSCRIBE`: only the first part of a received message can be a subscription. @default false */
  readonly onlyFirstSubscribe?: boolean | undefined;
  /** `ZMQ_XPUB_WELCOME_MSG`: a message that each new peer receives first, if it has subscribed to it. @default none */
  readonly welcomeMessage?: string | Uint8Array | undefined;
}

/** Options of an xsub socket. */
export interface XSubSocketOptions extends OpenSocketOptions, SendingOptions, ReceivingOptions {
  /** `ZMQ_ONLY_FIRST_SUBSCRIBE`: only the first part of a sent message can be a subscription. @default false */
  readonly onlyFirstSubscribe?: boolean | undefined;
  /** `ZMQ_XSUB_VERBOSE_UNSUBSCRIBE`: send every unsubscription upstream, not only the last of a topic. @default false */
  readonly verboseUnsubscribe?: boolean | undefined;
}

/** Options of a push socket. */
export interface PushSocketOptions extends OpenSocketOptions, SendingOptions, ConflatingOptions {}

/** Options of a pull socket. */
export interface PullSocketOptions extends OpenSocketOptions, ReceivingOptions, ConflatingOptions {}

/** Options of a req socket. */
export interface ReqSocketOptions
  extends OpenSocketOptions, SendingOptions, ReceivingOptions, NamedOptions, ProbingOptions {
  /** `ZMQ_REQ_RELAXED`: a request may follow one that has no reply yet, which is then given up. @default false */
  readonly relaxed?: boolean | undefined;
  /** `ZMQ_REQ_CORRELATE`: each request has a number, and only a reply with the same number is accepted. @default false */
  readonly correlate?: boolean | undefined;
}

/** Options of a rep socket. */
export interface RepSocketOptions extends OpenSocketOptions, SendingOptions, ReceivingOptions, NamedOptions {}

/** Options of a dealer socket. */
export interface DealerSocketOptions
  extends OpenSocketOptions, SendingOptions, ReceivingOptions, ConflatingOptions, NamedOptions, ProbingOptions {}

/** Options of a router socket. */
export interface RouterSocketOptions
  extends OpenSocketOptions, SendingOptions, ReceivingOptions, NamedOptions, ProbingOptions {
  /** `ZMQ_ROUTER_MANDATORY`: `send` rejects if there is no such peer, and waits while its queue is full, instead of dropping. @default false */
  readonly mandatory?: boolean | undefined;
  /** `ZMQ_ROUTER_HANDOVER`: a new peer takes over a routing id that is in use; the old peer is disconnected. @default false */
  readonly handover?: boolean | undefined;
  /** `ZMQ_ROUTER_NOTIFY`: receive `[id, '']` when a peer connects or disconnects. @default 'none' */
  readonly notify?: 'connect' | 'disconnect' | 'both' | 'none' | undefined;
}

/** Options of a stream socket. */
export interface StreamSocketOptions extends OpenSocketOptions, SendingOptions, ReceivingOptions {
  /** `ZMQ_STREAM_NOTIFY`: receive `[id, '']` when a peer connects or disconnects. @default true */
  readonly notify?: boolean | undefined;
}

/** Options of a pair, client, server, peer or channel socket. */
export interface TwoWaySocketOptions extends OpenSocketOptions, SendingOptions, ReceivingOptions {}

/** Options of a radio socket. */
export interface RadioSocketOptions extends OpenSocketOptions, SendingOptions, PublishingOptions, MulticastOptions {}

/** Options of a dish or gather socket. */
export interface ReceivingSocketOptions extends OpenSocketOptions, ReceivingOptions {}

/** Options of a scatter socket. */
export interface ScatterSocketOptions extends OpenSocketOptions, SendingOptions {}

/** Options of sockets over udp. */
export interface MulticastOptions {
  /** `ZMQ_MULTICAST_HOPS`: through how many routers a multicast packet may pass. Native only. @default 1 */
  readonly multicastHops?: number | undefined;
}

/** Options of a dgram socket. */
export interface DgramSocketOptions extends OpenSocketOptions, SendingOptions, ReceivingOptions, MulticastOptions {}
