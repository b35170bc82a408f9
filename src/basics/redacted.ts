/** What an error may show of a value that could be a secret: its type and its length. */
export function redacted(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  if (typeof value === 'string') return `a text of ${value.length} characters`;
  if (ArrayBuffer.isView(value)) return `${value.byteLength} bytes`;
  if (Array.isArray(value)) return `an array of ${value.length}`;
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}
