/** A peer broke the protocol, or what it was to be told cannot be said. Never leaves the engine: its text becomes a status. */
export class ZmtpError extends Error {
  override readonly name = 'ZmtpError';
}
