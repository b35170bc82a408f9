/** The state of the connection, or of what comes over it, for the badge. */
export interface ScopeState {
  readonly kind: 'good' | 'busy' | 'warning' | 'bad';
  /** One or two words. */
  readonly text: string;
  /** Why, in a sentence. */
  readonly reason?: string | undefined;
}
