import { distance } from 'fastest-levenshtein';

/** The name that was likely meant by a misspelt one, or `undefined`. */
export function closestName(name: string, names: Iterable<string>): string | undefined {
  let best: string | undefined;
  let least = Math.max(2, Math.floor(name.length / 3)) + 1;
  for (const candidate of names) {
    const steps = typoSteps(name.toLowerCase(), candidate.toLowerCase());
    if (steps < least) [least, best] = [steps, candidate];
  }
  return best;
}

/** Letters in another order are the likeliest typo, though they take several steps. */
function typoSteps(name: string, candidate: string): number {
  return sorted(name) === sorted(candidate) ? 0.5 : distance(name, candidate);
}

function sorted(name: string): string {
  return Array.from(name).sort().join('');
}
