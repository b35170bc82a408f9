/** What goes on the wire in place of a message's own. */
export interface MessageOverrides {
  /** @default the message's */
  readonly seqId?: bigint | undefined;
  /** @default the message's */
  readonly systemId?: string | undefined;
  /** @default the message's */
  readonly protocolVersion?: string | undefined;
}
