/** Stands for a field whose getter throws. It cannot be posted either. */
export const UNREADABLE = Symbol('unreadable');

/** Returns the value of a field, or {@link UNREADABLE}. */
export function fieldOf(value: object, key: string): unknown {
  try {
    return (value as Readonly<Record<string, unknown>>)[key];
  } catch {
    return UNREADABLE;
  }
}
