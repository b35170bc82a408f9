/** A peer broke the protocol, or data for it cannot be encoded. The error never leaves the engine: its text becomes a status. */
export class ZmtpError extends Error {
  override readonly name = 'ZmtpError';
}
