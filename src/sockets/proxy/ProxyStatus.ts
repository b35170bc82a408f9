/** What went one way through a proxy. */
export interface ProxyTraffic {
  /** Messages that the side they go to has taken, since the proxy was subscribed. */
  readonly messages: number;
  /** The same in bytes, all parts together. */
  readonly bytes: number;
  /** How fast they went since the status before. */
  readonly messagesPerSecond: number;
  readonly bytesPerSecond: number;
  /** Messages that could not be sent and are lost, such as one for a peer that is gone, on a router that is `mandatory`. */
  readonly dropped: number;
  /** Whether the side they go to has no room, so that the other is not read. */
  readonly stalled: boolean;
}

/** What became of the copies that a proxy gives its `capture`. */
export interface CaptureTraffic {
  readonly messages: number;
  /** Those for which it had no room, or that came when it was closed. */
  readonly dropped: number;
}

/** What a proxy tells while it runs. */
export interface ProxyStatus {
  readonly toBackend: ProxyTraffic;
  readonly toFrontend: ProxyTraffic;
  readonly captured: CaptureTraffic;
}
