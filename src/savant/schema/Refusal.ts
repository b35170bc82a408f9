import { describe } from '../../basics/describe.js';

/** A value that cannot be written; on its way out each level puts its own name before the path. */
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

/** Names the level that an error came from. */
export function within(error: unknown, level: string): Error {
  if (error instanceof Refusal) {
    const { path } = error;
    error.path = path === '' || path.startsWith('[') ? level + path : `${level}.${path}`;
  }
  return error as Error;
}

/** Makes sure that a value is an object whose fields can be read. */
export function requireObject(value: unknown, field = ''): void {
  if (typeof value !== 'object' || value === null) throw new Refusal(field, 'an object', value);
}

/** Makes sure that a field is an array. */
export function requireArray(value: unknown, field: string): void {
  if (!Array.isArray(value)) throw new Refusal(field, 'an array', value);
}

/** Makes sure that a field is a Map. */
export function requireMap(value: unknown, field: string): void {
  if (!(value instanceof Map)) throw new Refusal(field, 'a Map', value);
}

/** Says what the `kind` of an object may be. */
export function wrongKind(value: unknown, ...kinds: string[]): Refusal {
  return new Refusal('kind', kinds.map((kind) => `'${kind}'`).join(' or '), (value as { kind?: unknown }).kind);
}

/** Makes sure that there is an attribute to look at. */
export function requireAttribute(value: unknown): void {
  requireObject(value, 'attribute');
}
