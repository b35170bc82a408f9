/** Arguments that make no sense; the text says how to put them right. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
