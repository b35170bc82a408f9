/** In how many steps one text becomes another; `undefined`: there is no help with spelling here. */
let distance: ((one: string, other: string) => number) | undefined;

/** Gives help with spelling, from now on. A platform with little room has none. */
export function provideSpelling(steps: (one: string, other: string) => number): void {
  distance = steps;
}

/** The name that was likely meant by a misspelt one, or `undefined`. */
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

/** Letters in another order are the likeliest typo, though they take several steps. */
function typoSteps(steps: (one: string, other: string) => number, name: string, candidate: string): number {
  return sorted(name) === sorted(candidate) ? 0.5 : steps(name, candidate);
}

function sorted(name: string): string {
  return Array.from(name).sort().join('');
}
