const named = new WeakMap<object, readonly string[]>();

/** Remembers which fields of a frame the test has set; the others are not compared. */
export function nameFields<T extends object>(frame: T, fields: readonly string[]): T {
  named.set(frame, fields);
  return frame;
}

/** The fields of an expected value to compare: those that the test has set, or all fields of other objects. */
export function namedFields(expected: object): readonly string[] {
  return named.get(expected) ?? Object.keys(expected);
}
