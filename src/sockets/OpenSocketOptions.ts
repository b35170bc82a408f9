import type { SocketOptions } from '../endpoints/SocketOptions.js';

/** What sockets of every type take. */
export interface OpenSocketOptions extends Omit<SocketOptions, 'bind'> {
  /**
   * Messages wait only for peers that are there. `false`: for those that are connected to as well, before the first
   * connection and between two. Native: `ZMQ_IMMEDIATE`. @default false
   */
  readonly immediate?: boolean | undefined;
  /** Connections that wait to be accepted at a bound endpoint. Native: `ZMQ_BACKLOG`. @default 4096, native 100 */
  readonly backlog?: number | undefined;
  /** After how many ms an attempt to connect counts as failed; 0: when the system says so. Native: `ZMQ_CONNECT_TIMEOUT`. @default 0 */
  readonly connectTimeout?: number | undefined;
  /** Whether the system looks after silent TCP connections; -1: as it does anyway. Native: `ZMQ_TCP_KEEPALIVE`. @default -1 */
  readonly tcpKeepalive?: boolean | -1 | 0 | 1 | undefined;
  /** After how many seconds of silence; -1: the system's. Native: `ZMQ_TCP_KEEPALIVE_IDLE`. @default -1, engine 7200 */
  readonly tcpKeepaliveIdle?: number | undefined;
  /** How often before it gives up. Native driver only: `ZMQ_TCP_KEEPALIVE_CNT`. @default the system's */
  readonly tcpKeepaliveCount?: number | undefined;
  /** How many seconds apart. Native driver only: `ZMQ_TCP_KEEPALIVE_INTVL`. @default the system's */
  readonly tcpKeepaliveInterval?: number | undefined;
  /** How long what was sent may be unacknowledged, in ms. Native driver only: `ZMQ_TCP_MAXRT`. @default the system's */
  readonly tcpMaxRetransmitTimeout?: number | undefined;
  /** The DSCP and ECN bits of IP packets, 0 to 255. Native driver only: `ZMQ_TOS`. @default 0 */
  readonly typeOfService?: number | undefined;
  /** A SOCKS5 proxy to connect through, `'host:port'`. Native driver only: `ZMQ_SOCKS_PROXY`. @default none */
  readonly socksProxy?: string | undefined;
  /** The network interface to use, Linux with rights only. Native driver only: `ZMQ_BINDTODEVICE`. @default any */
  readonly interface?: string | undefined;
}

/** What sockets take that send. */
export interface SendingOptions {
  /** Messages that wait for one peer; 0: no mark but `highWaterBytes`. Native: `ZMQ_SNDHWM`. @default highWaterMark */
  readonly sendHighWaterMark?: number | undefined;
  /** The system's buffer in bytes. Native driver only: `ZMQ_SNDBUF`. @default the system's */
  readonly sendBufferSize?: number | undefined;
}

/** What sockets take that receive. */
export interface ReceivingOptions {
  /** Messages of one peer that wait to be read; 0: no mark but `highWaterBytes`. Native: `ZMQ_RCVHWM`. @default highWaterMark */
  readonly receiveHighWaterMark?: number | undefined;
  /** The system's buffer in bytes. Native driver only: `ZMQ_RCVBUF`. @default the system's */
  readonly receiveBufferSize?: number | undefined;
}

/** What sockets take that keep only the newest message. */
export interface ConflatingOptions {
  /**
   * Only the newest message is kept for each peer, whatever the marks (native: only its last part). Native: `ZMQ_CONFLATE`.
   * @default false
   */
  readonly conflate?: boolean | undefined;
}

/** What sockets take that can have a name. */
export interface NamedOptions {
  /** What router sockets call this one: 1 to 255 bytes that start with no 0. Native: `ZMQ_ROUTING_ID`. @default they choose */
  readonly routingId?: string | Uint8Array | undefined;
}

/** What sockets take that can say hello to routers. */
export interface ProbingOptions {
  /** An empty message goes to each new peer, which tells a router of this one. Native: `ZMQ_PROBE_ROUTER`. @default false */
  readonly probeRouter?: boolean | undefined;
}

/** What sockets take that publish. */
export interface PublishingOptions {
  /** `send` waits for the slowest peer that wants a message, instead of dropping it there. Native: `ZMQ_XPUB_NODROP`. @default false */
  readonly noDrop?: boolean | undefined;
  /**
   * What the subscriptions or groups of one peer may weigh, in bytes: each takes its topic and 256 bytes. A peer that asks for more is
   * dropped. Behind one peer there may be a proxy with many. Engine only. @default 33,554,432 (32 MiB): 100,000 topics and more
   */
  readonly maxSubscriptionBytes?: number | undefined;
  /** How many subscriptions or groups one peer may have, besides. Engine only. @default as many as `maxSubscriptionBytes` allows */
  readonly maxSubscriptions?: number | undefined;
  /** The longest topic that a peer may ask for, in bytes; a peer that asks for a longer one is dropped. Engine only. @default 1024 */
  readonly maxTopicBytes?: number | undefined;
}

/** What sockets take that match topics. */
export interface MatchingOptions {
  /** Topics that match are the ones left out. Both sides must have it. Native: `ZMQ_INVERT_MATCHING`. @default false */
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
   * Which subscriptions are received. `'allSubs'`: also those to topics that another peer has already; `'allSubsUnsubs'`: and
   * their ends, while another still has it. Native: `ZMQ_XPUB_VERBOSE`, `ZMQ_XPUB_VERBOSER`. @default null, those that change something
   */
  readonly verbosity?: 'allSubs' | 'allSubsUnsubs' | null | undefined;
  /**
   * Subscriptions are received but not applied: `subscribe` and `unsubscribe` do that, for the peer whose request was received
   * last. Native: `ZMQ_XPUB_MANUAL`. @default false
   */
  readonly manual?: boolean | undefined;
  /** As `manual`, and the first message sent after a request goes to its peer alone. Native: `ZMQ_XPUB_MANUAL_LAST_VALUE`. @default false */
  readonly manualLastValue?: boolean | undefined;
  /** Only the first part of what a peer sends may be a subscription. Native: `ZMQ_ONLY_FIRST_SUBSCRIBE`. @default false */
  readonly onlyFirstSubscribe?: boolean | undefined;
  /** What each new peer gets first, if it has subscribed to it. Native: `ZMQ_XPUB_WELCOME_MSG`. @default nothing */
  readonly welcomeMessage?: string | Uint8Array | undefined;
}

/** Options of an xsub socket. */
export interface XSubSocketOptions extends OpenSocketOptions, SendingOptions, ReceivingOptions {
  /** Only the first part of what is sent may be a subscription. Native: `ZMQ_ONLY_FIRST_SUBSCRIBE`. @default false */
  readonly onlyFirstSubscribe?: boolean | undefined;
  /** Every end of a subscription is passed on, not only the last to its topic. Native: `ZMQ_XSUB_VERBOSE_UNSUBSCRIBE`. @default false */
  readonly verboseUnsubscribe?: boolean | undefined;
}

/** Options of a push socket. */
export interface PushSocketOptions extends OpenSocketOptions, SendingOptions, ConflatingOptions {}

/** Options of a pull socket. */
export interface PullSocketOptions extends OpenSocketOptions, ReceivingOptions, ConflatingOptions {}

/** Options of a req socket. */
export interface ReqSocketOptions
  extends OpenSocketOptions, SendingOptions, ReceivingOptions, NamedOptions, ProbingOptions {
  /** A request may follow another that has no reply yet, which is then given up. Native: `ZMQ_REQ_RELAXED`. @default false */
  readonly relaxed?: boolean | undefined;
  /** Each request has a number, and only a reply with the same one counts. Native: `ZMQ_REQ_CORRELATE`. @default false */
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
  /**
   * `send` fails where there is no such peer and waits where it has no room, instead of dropping. Native: `ZMQ_ROUTER_MANDATORY`.
   * @default false
   */
  readonly mandatory?: boolean | undefined;
  /** A new peer takes a routing id over from one that has it. Native: `ZMQ_ROUTER_HANDOVER`. @default false */
  readonly handover?: boolean | undefined;
  /** `[id, '']` is received when a peer comes or goes. Native: `ZMQ_ROUTER_NOTIFY`. @default 'none' */
  readonly notify?: 'connect' | 'disconnect' | 'both' | 'none' | undefined;
}

/** Options of a stream socket. */
export interface StreamSocketOptions extends OpenSocketOptions, SendingOptions, ReceivingOptions {
  /** `[id, '']` is received when a peer comes or goes. Native: `ZMQ_STREAM_NOTIFY`. @default true */
  readonly notify?: boolean | undefined;
}

/** Options of a socket that sends and receives, and has no options of its own: pair, client, server, peer, channel. */
export interface TwoWaySocketOptions extends OpenSocketOptions, SendingOptions, ReceivingOptions {}

/** Options of a radio socket. */
export interface RadioSocketOptions extends OpenSocketOptions, SendingOptions, PublishingOptions, MulticastOptions {}

/** Options of a dish or gather socket. */
export interface ReceivingSocketOptions extends OpenSocketOptions, ReceivingOptions {}

/** Options of a scatter socket. */
export interface ScatterSocketOptions extends OpenSocketOptions, SendingOptions {}

/** What sockets take that speak over udp. */
export interface MulticastOptions {
  /** Through how many routers a multicast packet goes. Native driver only: `ZMQ_MULTICAST_HOPS`. @default 1 */
  readonly multicastHops?: number | undefined;
}

/** Options of a dgram socket. */
export interface DgramSocketOptions extends OpenSocketOptions, SendingOptions, ReceivingOptions, MulticastOptions {}
