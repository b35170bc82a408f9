/** One that takes turns, and where it stands. */
interface Turn<T> {
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
  readonly #turns = new Map<T, Turn<T>>();
  readonly #active: Turn<T>[] = [];
  #cursor = 0;

  /** All members, parked ones too. */
  get members(): Iterable<T> {
    return this.#turns.keys();
  }

  /** Whose turn it is; `undefined`: all are parked. */
  get current(): T | undefined {
    return this.#active[this.#cursor]?.member;
  }

  /** Lets it take part, behind the others, as a new member if it is none; nothing happens where it does so already. */
  add(member: T): void {
    let turn = this.#turns.get(member);
    if (turn === undefined) {
      turn = { member, place: -1, leaving: false };
      this.#turns.set(member, turn);
    }
    if (turn.place >= 0) return;
    turn.place = this.#active.length;
    this.#active.push(turn);
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
    const turn = current?.member === member ? current : this.#turns.get(member);
    if (turn === undefined) return;
    if (turn.place >= 0) this.#release(turn);
    if (turn.leaving) this.#turns.delete(member);
  }

  /** It takes part until it is parked for the first time, and is then forgotten. */
  dismiss(member: T): void {
    const turn = this.#turns.get(member);
    if (turn === undefined) return;
    if (turn.place < 0) this.#turns.delete(member);
    else turn.leaving = true;
  }

  /** Forgets it at once. */
  remove(member: T): void {
    const turn = this.#turns.get(member);
    if (turn === undefined) return;
    this.#turns.delete(member);
    if (turn.place >= 0) this.#release(turn);
  }

  /** Fills the gap so that whoever has had no turn in this round still gets it: nobody waits longer than one turn of each other. */
  #release(turn: Turn<T>): void {
    const active = this.#active;
    let gap = turn.place;
    turn.place = -1;
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
    const turn = this.#active[from]!;
    if (from === to) return;
    this.#active[to] = turn;
    turn.place = to;
  }
}
