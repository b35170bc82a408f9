/** A value as text for errors: short; it never throws. */
export function describe(value: unknown): string {
  if (typeof value === 'string') return value.length > 80 ? `'${value.slice(0, 77)}...'` : `'${value}'`;
  if (typeof value === 'bigint') return `${value}n`;
  if (typeof value === 'function') return 'a function';
  if (Array.isArray(value)) return `an array of ${value.length}`;
  if (ArrayBuffer.isView(value))
    return `${tagOf(value)} of ${(value as { length?: number }).length ?? value.byteLength}`;
  if (typeof value === 'object' && value !== null) return `an ${tagOf(value)}`.replace(/^an (?=[^AEIOU])/, 'a ');
  return String(value);
}

function tagOf(value: object): string {
  try {
    return Object.prototype.toString.call(value).slice(8, -1);
  } catch {
    return 'Object'; // an object that throws when it is inspected
  }
}
