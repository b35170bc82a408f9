import { UsageError } from '../run/UsageError.js';

/** A position in a recording: a number of samples, or a time as UNIX time in ns. @throws UsageError */
export function positionOf(option: string, text: string): number | bigint {
  if (/^\d+$/.test(text)) return Number(text);
  const [, whole = '', fraction = ''] = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?Z$/.exec(text) ?? [];
  const ms = Date.parse(`${whole}Z`);
  if (!Number.isNaN(ms)) return BigInt(ms) * 1_000_000n + BigInt(fraction.padEnd(9, '0'));
  throw new UsageError(
    `${option} must be a number of samples, or a time such as 2026-05-01T12:00:00.5Z, not '${text}'`,
  );
}
