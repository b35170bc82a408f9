/** The traffic in one direction of a proxy. */
export interface ProxyTraffic {
  /** Messages that the target has accepted since the proxy was subscribed. */
  readonly messages: number;
  /** The same in bytes, all parts together. */
  readonly bytes: number;
  /** The rate since the last status. */
  readonly messagesPerSecond: number;
  readonly bytesPerSecond: number;
  /** Messages that could not be sent and are lost, such as one for a peer that is gone, on a router that is `mandatory`. */
  readonly dropped: number;
  /** Whether the target cannot send, so that the source is not read. */
  readonly stalled: boolean;
}

/** The copies for the `capture` of a proxy. */
export interface CaptureTraffic {
  readonly messages: number;
  /** Copies that were dropped, as its queue was full or it was closed. */
  readonly dropped: number;
}

/** The values that a proxy emits while it runs. */
export interface ProxyStatus {
  readonly toBackend: ProxyTraffic;
  readonly toFrontend: ProxyTraffic;
  readonly captured: CaptureTraffic;
}
