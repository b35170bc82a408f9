/** Values to send instead of those of the message. */
export interface MessageOverrides {
  /** @default the message's */
  readonly seqId?: bigint | undefined;
  /** @default the message's */
  readonly systemId?: string | undefined;
  /** @default the message's */
  readonly protocolVersion?: string | undefined;
}
