/** What is known of the names of other threads, which cannot be reached from here. */
export interface NamesElsewhere {
  bound(name: string): void;
  unbound(name: string): void;
  seek(name: string): void;
  unseek(name: string): void;
  /** Sets who hears of a name that is sought here and bound there. */
  onFound(found: (name: string) => void): void;
}
