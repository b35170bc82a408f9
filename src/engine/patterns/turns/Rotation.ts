/** A member and its position. */
interface RotationEntry<T> {
  readonly member: T;
  /** Its index in the array of active members; -1: it is parked. */
  place: number;
  /** It is removed once it is parked. */
  leaving: boolean;
}

/**
 * Round robin for fair queues and load balancers. Active members are in an array with a cursor; a member that cannot take part is
 * parked and comes back at the end. Each operation costs the same with one member as with thousands, and turns allocate nothing.
 */
export class Rotation<T> {
  readonly #entries = new Map<T, RotationEntry<T>>();
  readonly #active: RotationEntry<T>[] = [];
  #cursor = 0;

  /** All members, including parked ones. */
  get members(): Iterable<T> {
    return this.#entries.keys();
  }

  /** The member whose turn it is; `undefined`: all are parked. */
  get current(): T | undefined {
    return this.#active[this.#cursor]?.member;
  }

  /** Makes a member active, as the last; adds it if it is new. Does nothing if it is active already. */
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

  /** Ends the turn of `member`. Does nothing if it has been parked or removed in the meantime. */
  advance(member: T): void {
    if (this.#active[this.#cursor]?.member !== member) return;
    this.#cursor += 1;
    if (this.#cursor === this.#active.length) this.#cursor = 0;
  }

  /** Skips the member until `add`. */
  park(member: T): void {
    const current = this.#active[this.#cursor];
    const entry = current?.member === member ? current : this.#entries.get(member);
    if (entry === undefined) return;
    if (entry.place >= 0) this.#release(entry);
    if (entry.leaving) this.#entries.delete(member);
  }

  /** The member stays active until it is parked, and is then removed. */
  dismiss(member: T): void {
    const entry = this.#entries.get(member);
    if (entry === undefined) return;
    if (entry.place < 0) this.#entries.delete(member);
    else entry.leaving = true;
  }

  /** Removes the member at once. */
  remove(member: T): void {
    const entry = this.#entries.get(member);
    if (entry === undefined) return;
    this.#entries.delete(member);
    if (entry.place >= 0) this.#release(entry);
  }

  /**
   * Fills the gap so that every member that has had no turn in this round still gets one: no member waits longer than one turn of
   * each other member.
   */
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
