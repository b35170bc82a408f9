const FORM = /^(\d{4})-(\d{2})-(\d{2})(?:[Tt ](\d{2}):(\d{2}):(\d{2})(?:[.,](\d+))?)?\s*([Zz]|[+-]\d{2}:?\d{2})?$/;
const NS_PER_MS = 1_000_000n;
const NS_PER_SECOND = 1_000_000_000n;

/** UNIX time in ns, in the form of SigMF: UTC with nine decimals of a second. */
export function formatDatetime(timestampNs: bigint): string {
  const seconds = timestampNs / NS_PER_SECOND;
  const fraction = String(timestampNs % NS_PER_SECOND).padStart(9, '0');
  return `${new Date(Number(seconds) * 1000).toISOString().slice(0, 19)}.${fraction}Z`;
}

/**
 * Reads a time, tolerantly: other separators, other zones and a missing one (then it is UTC), a date alone, a leap second (which
 * UNIX time does not have: it becomes the next second). `undefined`: it is invalid, or before 1970.
 */
export function parseDatetime(text: unknown): bigint | undefined {
  const found = typeof text === 'string' ? FORM.exec(text) : null;
  if (found === null) return undefined;
  const [, year, month, day, hour = '0', minute = '0', second = '0', fraction = '', zone = 'Z'] = found;
  const [y, mo, d, h, mi, s] = [year, month, day, hour, minute, second].map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const date = new Date(Date.UTC(y, mo - 1, d));
  if (date.getUTCMonth() !== mo - 1 || date.getUTCDate() !== d || h > 23 || mi > 59 || s > 60) return undefined;
  const ms = Date.UTC(y, mo - 1, d, h, mi, s) - zoneMinutes(zone) * 60_000;
  const time = BigInt(ms) * NS_PER_MS + BigInt(fraction.slice(0, 9).padEnd(9, '0'));
  return time < 0n ? undefined : time;
}

function zoneMinutes(zone: string): number {
  if (/^z$/i.test(zone)) return 0;
  const sign = zone.startsWith('-') ? -1 : 1;
  const digits = zone.replace(/\D/g, '');
  return sign * (Number(digits.slice(0, 2)) * 60 + Number(digits.slice(2)));
}

/** A time in 1970 counts from the start of a device, or was never set: it is not a UNIX time. */
const FIRST_CLOCK_NS = 365n * 86_400n * NS_PER_SECOND;

/** Whether a time is from a clock that was set. */
export function isClockTime(timestampNs: bigint): boolean {
  return timestampNs >= FIRST_CLOCK_NS;
}
