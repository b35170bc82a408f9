/** The inproc names of other threads, which cannot be reached from this thread. */
export interface NamesElsewhere {
  bound(name: string): void;
  unbound(name: string): void;
  seek(name: string): void;
  unseek(name: string): void;
  /** Sets the listener for names that this thread looks for and another thread has bound. */
  onFound(found: (name: string) => void): void;
}
