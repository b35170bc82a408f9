/** One side of a comparison: processes that run and can be measured again and again. */
export interface Contestant<M> {
  measure(): Promise<M>;
  close(): Promise<void>;
}

/** Starts a contestant. */
export type Opener<M> = () => Promise<Contestant<M>>;

/** How long a comparison takes. */
export interface Effort {
  /** How often all processes are started anew: no two warm up alike. */
  readonly generations: number;
  /** For all of it, in ms; begun rounds are ended. */
  readonly budgetMs: number;
}

/** Rounds of each generation that are not counted: code is compiled in them. */
const WARM_UP_ROUNDS = 2;
/** Rounds of each generation at least, however long they take. */
const LEAST_ROUNDS = 2;

/**
 * Measures several contestants in turn (A B A B ...), so that whatever else the machine does meets all of them. Gives
 * the measurements of each; those at one index were next to each other.
 */
export async function interleave<N extends string, M>(
  openers: Readonly<Record<N, Opener<M>>>,
  { generations, budgetMs }: Effort,
): Promise<Record<N, M[]>> {
  const names = Object.keys(openers) as N[];
  const measured = Object.fromEntries(names.map((name) => [name, [] as M[]])) as Record<N, M[]>;
  for (let generation = 0; generation < generations; generation += 1) {
    const until = performance.now() + budgetMs / generations;
    const open: Partial<Record<N, Contestant<M>>> = {};
    try {
      for (const name of names) open[name] = await openers[name]();
      for (let round = 0; round < WARM_UP_ROUNDS + LEAST_ROUNDS || performance.now() < until; round += 1) {
        // every other round the other way about: nobody is always first
        for (const name of round % 2 ? [...names].reverse() : names) {
          const one = await open[name]!.measure();
          if (round >= WARM_UP_ROUNDS) measured[name].push(one);
        }
      }
    } finally {
      for (const name of names) await open[name]?.close();
    }
  }
  return measured;
}
