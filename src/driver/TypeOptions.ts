/** The socket types that the engine has; `dgram` is libzmq's alone. */
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

/** What can be chosen about a pattern. Named as in libzmq; each concerns the types in brackets. */
export interface TypeOptions {
  /** router: `send` throws where there is no such peer and gives `false` where it is full, instead of dropping. */
  readonly mandatory?: boolean | undefined;
  /** router: a new peer takes a routing id over from one that has it. */
  readonly handover?: boolean | undefined;
  /** router, stream: `[id, '']` is received when a peer comes or goes. @default router: neither, stream: both */
  readonly notify?: 'connect' | 'disconnect' | 'both' | 'none' | undefined;
  /** dealer, router, req: an empty message to each new peer. */
  readonly probe?: boolean | undefined;
  /** req: a new request abandons the last one. */
  readonly relaxed?: boolean | undefined;
  /** req: each request has a number that its reply must have. */
  readonly correlate?: boolean | undefined;
  /** xpub: also subscriptions that are there already are received. */
  readonly verbose?: boolean | undefined;
  /** xpub: the same for their ends. */
  readonly verboser?: boolean | undefined;
  /** xpub: subscriptions are received but not applied; `subscribe` and `unsubscribe` do that for the peer of the last one received. */
  readonly manual?: boolean | undefined;
  /** xpub: as `manual`, and the first message after one goes to that peer alone. */
  readonly manualLastValue?: boolean | undefined;
  /** xpub, xsub: only the first part of a message may be a subscription. */
  readonly onlyFirstSubscribe?: boolean | undefined;
  /** xsub: every `00 topic` is forwarded, not only the last. */
  readonly verboseUnsubscribe?: boolean | undefined;
  /** pub, xpub: what each new peer gets first. */
  readonly welcomeMessage?: Uint8Array | undefined;
  /** pub, xpub, radio: `send` gives `false` while a peer that would get it has no room, instead of dropping. */
  readonly noDrop?: boolean | undefined;
  /** pub, xpub, sub: topics that match are the ones left out. */
  readonly invertMatching?: boolean | undefined;
  /** pub, xpub, radio: what subscriptions or groups of one peer may weigh, each its bytes and 256 more; more are ignored and its connection is refused. @default 32 MiB */
  readonly maxSubscriptionBytes?: number | undefined;
  /** pub, xpub, radio: how many of them there may be. @default as many as their weight allows */
  readonly maxSubscriptions?: number | undefined;
  /** pub, xpub, radio: the longest topic or group a peer may ask for, in bytes. @default 1024 */
  readonly maxTopicBytes?: number | undefined;
}
