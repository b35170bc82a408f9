const named = new WeakMap<object, readonly string[]>();

/** Remembers which fields of a frame its maker has chosen; the others are as nobody cares. */
export function nameFields<T extends object>(frame: T, fields: readonly string[]): T {
  named.set(frame, fields);
  return frame;
}

/** The fields that an expected value is about: what was chosen, and of a value of another make all it has. */
export function namedFields(expected: object): readonly string[] {
  return named.get(expected) ?? Object.keys(expected);
}
