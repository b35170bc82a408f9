import { describe } from '../../basics/describe.js';

/** A value that cannot be written. While the error propagates, each level puts its own name before the path. */
export class Refusal extends Error {
  constructor(
    public path: string,
    readonly wanted: string,
    readonly value: unknown,
  ) {
    super(wanted);
  }

  get reason(): string {
    return `must be ${this.wanted}, not ${describe(this.value)}`;
  }
}

/** Adds the name of a level to the path of an error. */
export function within(error: unknown, level: string): Error {
  if (error instanceof Refusal) {
    const { path } = error;
    error.path = path === '' || path.startsWith('[') ? level + path : `${level}.${path}`;
  }
  return error as Error;
}

/** Checks that a value is an object. */
export function requireObject(value: unknown, field = ''): void {
  if (typeof value !== 'object' || value === null) throw new Refusal(field, 'an object', value);
}

/** Checks that a field is an array. */
export function requireArray(value: unknown, field: string): void {
  if (!Array.isArray(value)) throw new Refusal(field, 'an array', value);
}

/** Checks that a field is a Map. */
export function requireMap(value: unknown, field: string): void {
  if (!(value instanceof Map)) throw new Refusal(field, 'a Map', value);
}

/** The error for a wrong `kind`, with the possible kinds. */
export function wrongKind(value: unknown, ...kinds: string[]): Refusal {
  return new Refusal('kind', kinds.map((kind) => `'${kind}'`).join(' or '), (value as { kind?: unknown }).kind);
}

/** Checks that there is an attribute. */
export function requireAttribute(value: unknown): void {
  requireObject(value, 'attribute');
}
