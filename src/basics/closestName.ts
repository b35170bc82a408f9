/** The edit distance of two texts; `undefined` if spelling help is off. */
let distance: ((one: string, other: string) => number) | undefined;

/** Switches on spelling help. A platform where code size matters does without it. */
export function provideSpelling(steps: (one: string, other: string) => number): void {
  distance = steps;
}

/** The known name that is closest to a misspelt one, or `undefined`. */
export function closestName(name: string, names: Iterable<string>): string | undefined {
  if (distance === undefined) return undefined;
  let best: string | undefined;
  let least = Math.max(2, Math.floor(name.length / 3)) + 1;
  for (const candidate of names) {
    const steps = typoSteps(distance, name.toLowerCase(), candidate.toLowerCase());
    if (steps < least) [least, best] = [steps, candidate];
  }
  return best;
}

/** Letters in another order are the likeliest typo, although their edit distance is larger. */
function typoSteps(steps: (one: string, other: string) => number, name: string, candidate: string): number {
  return sorted(name) === sorted(candidate) ? 0.5 : steps(name, candidate);
}

function sorted(name: string): string {
  return Array.from(name).sort().join('');
}
