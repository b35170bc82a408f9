import { extname } from 'node:path';
import { OptionError } from '../../errors.js';
import type { SampleType } from '../../samples/types.js';
import { isOneOf } from '../../options/rules.js';
import { type Datatype, parseDatatype } from '../samples/Datatype.js';

/** The format of a file without metadata: raw, little-endian, I before Q; or WAV with I on the left and Q on the right. */
export type IqFormat = 'ci8' | 'cu8' | 'ci16' | 'ci32' | 'cf32' | 'cf64' | 'wav';

/** A format without a header. */
export type RawFormat = Exclude<IqFormat, 'wav'>;

const FORMATS: readonly IqFormat[] = ['ci8', 'cu8', 'ci16', 'ci32', 'cf32', 'cf64', 'wav'];

export const isIqFormat = isOneOf(...FORMATS);

/** The usual extensions of file names. */
const BY_END: Readonly<Record<string, IqFormat>> = {
  ci8: 'ci8',
  cs8: 'ci8',
  sc8: 'ci8',
  c8: 'ci8',
  cu8: 'cu8',
  uc8: 'cu8',
  ci16: 'ci16',
  cs16: 'ci16',
  sc16: 'ci16',
  c16: 'ci16',
  ci32: 'ci32',
  cs32: 'ci32',
  cf32: 'cf32',
  fc32: 'cf32',
  cfile: 'cf32',
  cf64: 'cf64',
  fc64: 'cf64',
  wav: 'wav',
  wave: 'wav',
};

/** The format by the extension of a file's name. */
export function formatOfName(path: string): IqFormat | undefined {
  const end = extname(path).slice(1).toLowerCase();
  return Object.hasOwn(BY_END, end) ? BY_END[end] : undefined;
}

/** The format by the option or by the file's name. @throws OptionError */
export function requireFormat(
  of: string,
  path: string,
  format: IqFormat | undefined,
  sampleType: SampleType | undefined,
): IqFormat {
  const found =
    format ?? formatOfName(path) ?? (isIqFormat(sampleType) === undefined ? (sampleType as IqFormat) : undefined);
  if (found !== undefined) return found;
  const names = FORMATS.map((name) => `'${name}'`).join(', ');
  throw new OptionError(
    'format',
    format,
    `${of}: '${path}' does not say its format; option format must be one of ${names}`,
  );
}

/** The same as a datatype. */
export function datatypeOfFormat(format: RawFormat): Datatype {
  return parseDatatype(format) as Datatype; // the grammar has all of them
}
