import { CodecError } from '../../errors.js';
import { describePmt } from './describePmt.js';
import type { Pmt, PmtArray, PmtC32Vector, PmtC64Vector } from './types.js';

/** A protocol data unit: the bytes or numbers of a packet, and its metadata. */
export interface Pdu {
  /** Usually by symbols; empty if the sender has no metadata. */
  readonly meta: ReadonlyMap<Pmt, Pmt>;
  /** The packet: bytes are a `Uint8Array`. */
  readonly data: PmtArray | PmtC32Vector | PmtC64Vector;
}

/**
 * Reads a message as a PDU: a pair of a dict, or nil, and a uniform vector.
 *
 * A list of pairs counts as a dict, as GNU Radio up to 3.8.2 writes dicts.
 *
 * @param value a decoded PMT
 * @throws CodecError if it is not a PDU.
 * @example
 * ```ts
 * const { meta, data } = readPdu(message);
 * ```
 */
export function readPdu(value: Pmt): Pdu {
  const { pmt, car, cdr } = (value ?? {}) as { pmt?: unknown; car?: Pmt; cdr?: Pmt };
  const meta = pmt === 'pair' ? metaOf(car) : undefined;
  if (meta === undefined || !isData(cdr)) {
    throw new CodecError(`a PDU is a pair of a dict and a uniform vector, this message is ${describePmt(value)}`);
  }
  return { meta, data: cdr };
}

function isData(value: Pmt | undefined): value is Pdu['data'] {
  const { pmt } = (value ?? {}) as { pmt?: unknown };
  return ArrayBuffer.isView(value) || pmt === 'c32vector' || pmt === 'c64vector';
}

function metaOf(value: Pmt | undefined): ReadonlyMap<Pmt, Pmt> | undefined {
  if (value === null) return new Map();
  if (value instanceof Map) return value;
  const { pmt, items } = value as { pmt?: unknown; items?: readonly Pmt[] };
  if (pmt !== 'list' || items === undefined) return undefined;
  const meta = new Map<Pmt, Pmt>();
  for (const item of items) {
    const entry = entryOf(item);
    if (entry === undefined) return undefined;
    if (!meta.has(entry[0])) meta.set(...entry); // the first entry is the newest
  }
  return meta;
}

/** A pair, or a list, as a pair whose second value is a list has the bytes of a list. */
function entryOf(item: Pmt): [Pmt, Pmt] | undefined {
  const { pmt, car, cdr, items } = (item ?? {}) as { pmt?: unknown; car?: Pmt; cdr?: Pmt; items?: readonly Pmt[] };
  if (pmt === 'pair') return [car!, cdr!];
  if (pmt !== 'list') return undefined;
  const [key, ...rest] = items!;
  return [key!, rest.length === 0 ? null : { pmt: 'list', items: rest }];
}
