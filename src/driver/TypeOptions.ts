/** The socket types of the engine; only libzmq has `dgram`. */
export type PatternType =
  | 'pair'
  | 'pub'
  | 'sub'
  | 'req'
  | 'rep'
  | 'dealer'
  | 'router'
  | 'pull'
  | 'push'
  | 'xpub'
  | 'xsub'
  | 'stream'
  | 'server'
  | 'client'
  | 'radio'
  | 'dish'
  | 'gather'
  | 'scatter'
  | 'peer'
  | 'channel';

/** Options of a pattern, named as in libzmq. Each text begins with the socket types that have it. */
export interface TypeOptions {
  /** router: `write` throws if there is no such peer and returns `false` while its queue is full, instead of dropping. */
  readonly mandatory?: boolean | undefined;
  /** router: a new peer takes over a routing id that is in use. */
  readonly handover?: boolean | undefined;
  /** router, stream: receive `[id, '']` when a peer connects or disconnects. @default router: neither, stream: both */
  readonly notify?: 'connect' | 'disconnect' | 'both' | 'none' | undefined;
  /** dealer, router, req: send an empty message to each new peer. */
  readonly probe?: boolean | undefined;
  /** req: a new request gives up the last one. */
  readonly relaxed?: boolean | undefined;
  /** req: each request has a number that its reply must have. */
  readonly correlate?: boolean | undefined;
  /** xpub: receive also subscriptions to topics that another peer has. */
  readonly verbose?: boolean | undefined;
  /** xpub: receive also all unsubscriptions. */
  readonly verboser?: boolean | undefined;
  /** xpub: subscriptions are received but not applied; `subscribe` and `unsubscribe` apply them, for the peer of the last one received. */
  readonly manual?: boolean | undefined;
  /** xpub: as `manual`; the first message after a request goes to its peer only. */
  readonly manualLastValue?: boolean | undefined;
  /** xpub, xsub: only the first part of a message can be a subscription. */
  readonly onlyFirstSubscribe?: boolean | undefined;
  /** xsub: forward every `00 topic`, not only the last. */
  readonly verboseUnsubscribe?: boolean | undefined;
  /** pub, xpub: a message that each new peer receives first. */
  readonly welcomeMessage?: Uint8Array | undefined;
  /** pub, xpub, radio: `write` returns `false` while the queue of a subscriber of the message is full, instead of dropping. */
  readonly noDrop?: boolean | undefined;
  /** pub, xpub, sub: deliver the messages that match no subscription. */
  readonly invertMatching?: boolean | undefined;
  /** pub, xpub, radio: how much memory the subscriptions or groups of one peer may take: each counts its bytes and 256 more. @default 32 MiB */
  readonly maxSubscriptionBytes?: number | undefined;
  /** pub, xpub, radio: how many subscriptions or groups one peer may have. @default as many as `maxSubscriptionBytes` allows */
  readonly maxSubscriptions?: number | undefined;
  /** pub, xpub, radio: the longest topic or group that a peer may ask for, in bytes. @default 1024 */
  readonly maxTopicBytes?: number | undefined;
}
