import { CodecError } from '../../errors.js';
import { describe } from '../../basics/describe.js';
import type { Pdu } from './readPdu.js';
import type { PmtInput } from './types.js';

/** The input of {@link writePdu}. */
export interface PduInput {
  /** The metadata of the packet: a Map, or a plain object with symbols as keys. @default none */
  readonly meta?: ReadonlyMap<PmtInput, PmtInput> | { readonly [symbol: string]: PmtInput | undefined } | undefined;
  /** The packet: a `Uint8Array` for bytes. */
  readonly data: Pdu['data'];
}

/**
 * Makes the message of a PDU: a pair of a dict, or nil, and a uniform vector.
 *
 * @param pdu the metadata and the data
 * @throws CodecError if `data` is neither a typed array nor a vector of complex numbers, or `meta` is no dict.
 * @example
 * ```ts
 * const message = writePdu({ meta: { freq: 433.92e6 }, data: Uint8Array.of(1, 2, 3) });
 * ```
 */
export function writePdu(pdu: PduInput): PmtInput {
  const { meta, data } = (pdu ?? {}) as Partial<PduInput>;
  const kind = (data as { pmt?: unknown } | undefined)?.pmt;
  if (!ArrayBuffer.isView(data) && kind !== 'c32vector' && kind !== 'c64vector') {
    const hint = typeof data === 'string' ? ': new TextEncoder().encode(text) makes bytes of a text' : '';
    throw new CodecError(
      `the data of a PDU must be a typed array or a vector of complex numbers, not ${describe(data)}${hint}`,
    );
  }
  if (!isDict(meta)) {
    throw new CodecError(`the metadata of a PDU must be a Map or a plain object, not ${describe(meta)}`);
  }
  return { pmt: 'pair', car: meta === undefined ? null : meta, cdr: data as Pdu['data'] };
}

/** Whether it may be a dict, or is left out. */
function isDict(meta: unknown): boolean {
  return (
    meta === undefined ||
    meta === null ||
    (typeof meta === 'object' && !Array.isArray(meta) && !ArrayBuffer.isView(meta))
  );
}
