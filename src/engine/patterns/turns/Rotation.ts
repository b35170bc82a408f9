/** One that takes turns, and where it stands. */
interface RotationEntry<T> {
  readonly member: T;
  /** Its place among those that take part; -1: it is parked. */
  place: number;
  /** Once parked it is forgotten. */
  leaving: boolean;
}

/**
 * Whose turn it is, for fair queues and load balancers: those that take part stand in an array with a cursor, whoever cannot is
 * parked and comes back at the end. All costs the same with one member as with thousands, and turns allocate nothing.
 */
export class Rotation<T> {
  readonly #entries = new Map<T, RotationEntry<T>>();
  readonly #active: RotationEntry<T>[] = [];
  #cursor = 0;

  /** All members, parked ones too. */
  get members(): Iterable<T> {
    return this.#entries.keys();
  }

  /** Whose turn it is; `undefined`: all are parked. */
  get current(): T | undefined {
    return this.#active[this.#cursor]?.member;
  }

  /** Lets it take part, behind the others, as a new member if it is none; nothing happens where it does so already. */
  add(member: T): void {
    let entry = this.#entries.get(member);
    if (entry === undefined) {
      entry = { member, place: -1, leaving: false };
      this.#entries.set(member, entry);
    }
    if (entry.place >= 0) return;
    entry.place = this.#active.length;
    this.#active.push(entry);
  }

  /** The turn of `member`, which had it, is over. If it has been parked or removed in the meantime, so is that. */
  advance(member: T): void {
    if (this.#active[this.#cursor]?.member !== member) return;
    this.#cursor += 1;
    if (this.#cursor === this.#active.length) this.#cursor = 0;
  }

  /** It is passed over until `add`. */
  park(member: T): void {
    const current = this.#active[this.#cursor];
    const entry = current?.member === member ? current : this.#entries.get(member);
    if (entry === undefined) return;
    if (entry.place >= 0) this.#release(entry);
    if (entry.leaving) this.#entries.delete(member);
  }

  /** It takes part until it is parked for the first time, and is then forgotten. */
  dismiss(member: T): void {
    const entry = this.#entries.get(member);
    if (entry === undefined) return;
    if (entry.place < 0) this.#entries.delete(member);
    else entry.leaving = true;
  }

  /** Forgets it at once. */
  remove(member: T): void {
    const entry = this.#entries.get(member);
    if (entry === undefined) return;
    this.#entries.delete(member);
    if (entry.place >= 0) this.#release(entry);
  }

  /** Fills the gap so that whoever has had no turn in this round still gets it: nobody waits longer than one turn of each other. */
  #release(entry: RotationEntry<T>): void {
    const active = this.#active;
    let gap = entry.place;
    entry.place = -1;
    if (gap < this.#cursor) {
      this.#cursor -= 1;
      this.#move(this.#cursor, gap);
      gap = this.#cursor;
    }
    this.#move(active.length - 1, gap);
    active.pop();
    if (this.#cursor === active.length) this.#cursor = 0;
  }

  #move(from: number, to: number): void {
    const entry = this.#active[from]!;
    if (from === to) return;
    this.#active[to] = entry;
    entry.place = to;
  }
}
