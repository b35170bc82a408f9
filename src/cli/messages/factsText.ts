/** Facts by name, in their order; those that are `undefined` are left out. */
export type Facts = Readonly<Record<string, string | number | undefined>>;

/** Facts as lines: the name, and what is so. */
export function factsText(facts: Facts): string {
  const given = Object.entries(facts).filter(([, value]) => value !== undefined);
  const width = Math.max(...given.map(([name]) => name.length));
  return given.map(([name, value]) => `${`${name}:`.padEnd(width + 1)} ${value}`).join('\n');
}
