/** The names that a program imports, by module. */
export type Imports = Readonly<Record<string, readonly string[]>>;

/** What makes a value, and the TypeScript that makes the same value: what a command runs is what `--code` prints. */
export interface Piece<T = unknown> {
  readonly make: () => T;
  readonly text: string;
  readonly imports: Imports;
  /** A function that the program needs. */
  readonly helper?: string;
}

/** The names of several pieces together. */
export function joinImports(all: readonly Imports[]): Imports {
  const joined: Record<string, string[]> = {};
  for (const imports of all) {
    for (const [module, names] of Object.entries(imports)) {
      joined[module] = [...new Set([...(joined[module] ?? []), ...names])];
    }
  }
  return joined;
}
