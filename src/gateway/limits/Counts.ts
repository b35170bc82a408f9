/** Counts items by name. */
export class Counts {
  readonly #counts = new Map<string, number>();

  of(name: string): number {
    return this.#counts.get(name) ?? 0;
  }

  /** Adds one; the returned function removes it, once. */
  add(name: string): () => void {
    this.#counts.set(name, this.of(name) + 1);
    let counts = true;
    return () => {
      if (!counts) return;
      counts = false;
      const left = this.of(name) - 1;
      if (left > 0) this.#counts.set(name, left);
      else this.#counts.delete(name);
    };
  }
}
