import type { Pipe } from '../../pipes/Pipe.js';

/** The most entries that all cached lists have together. */
const KEPT_ENTRIES = 1_000_000;

/** Joins lists of pipes that never change, and caches the results: the same two lists return the same array. */
export class PipeUnions {
  #byFirst = new Map<readonly Pipe[], Map<readonly Pipe[], readonly Pipe[]>>();
  #kept = 0;

  /** Returns the pipes of both lists, each once; one of the lists itself if it contains all of them. */
  of(a: readonly Pipe[], b: readonly Pipe[]): readonly Pipe[] {
    if (a === b || b.length === 0) return a;
    if (a.length === 0) return b;
    const known = this.#byFirst.get(a)?.get(b);
    if (known !== undefined) return known;
    const union = join(a, b);
    this.#keep(a, b, union);
    return union;
  }

  /** Clears the cache: it must not keep pipes that are gone. */
  clear(): void {
    if (this.#kept === 0) return;
    this.#byFirst = new Map();
    this.#kept = 0;
  }

  #keep(a: readonly Pipe[], b: readonly Pipe[], union: readonly Pipe[]): void {
    const entries = union === a || union === b ? 1 : union.length;
    if (this.#kept + entries > KEPT_ENTRIES) this.clear();
    this.#kept += entries;
    const bySecond = this.#byFirst.get(a);
    if (bySecond === undefined) this.#byFirst.set(a, new Map([[b, union]]));
    else bySecond.set(b, union);
  }
}

function join(a: readonly Pipe[], b: readonly Pipe[]): readonly Pipe[] {
  const [longer, shorter] = a.length >= b.length ? [a, b] : [b, a];
  const all = new Set<Pipe>(longer);
  const union = [...longer];
  for (const pipe of shorter) if (!all.has(pipe)) union.push(pipe);
  return union.length === longer.length ? longer : union;
}
