import { readFileSync } from 'node:fs';
import type { Pmt } from 'rxzmq/gnuradio';

/** How the fixtures describe a PMT. */
export interface Described {
  readonly type: string;
  readonly value?: unknown;
  readonly re?: number;
  readonly im?: number;
  readonly car?: Described;
  readonly cdr?: Described;
  readonly items?: readonly Described[];
  readonly entries?: readonly (readonly [Described, Described])[];
  readonly values?: readonly (number | string | readonly [Special, Special])[];
}
type Special = number | string;

export interface DescribedTag {
  readonly offset: string;
  readonly key: Described;
  readonly value: Described;
  readonly srcid: Described;
}

/** One run of a stream sink that was captured. */
export interface CapturedStream {
  readonly name: string;
  readonly block: string;
  readonly itemType: 'complex' | 'float' | 'int' | 'short' | 'byte';
  readonly vlen: number;
  readonly passTags: boolean;
  readonly key: string | null;
  readonly messages: readonly {
    readonly parts: readonly string[];
    readonly items: number;
    readonly dataOffset: number;
    readonly request?: string;
    readonly header?: { readonly offset: string; readonly tags: readonly DescribedTag[] };
    readonly values?: readonly (number | readonly [number, number])[];
    readonly firstIndex?: number;
  }[];
}

/** Bytes that were sent to a stream source, and what it made of them. */
export interface ReceivedStream {
  readonly name: string;
  readonly block: string;
  readonly itemType: 'complex' | 'byte';
  readonly vlen: number;
  readonly passTags: boolean;
  readonly key: string | null;
  readonly sent: readonly (readonly string[])[];
  readonly blockStopped: string | null;
  readonly items: number;
  readonly values: readonly (number | readonly [number, number])[];
  readonly tags: readonly DescribedTag[];
}

const at = (name: string) => new URL(`../fixtures/gnuradio/${name}`, import.meta.url);
const json = (name: string): unknown => JSON.parse(readFileSync(at(name), 'utf8'));

/** A message part as it was captured, in memory of its own. */
export const part = (name: string) => new Uint8Array(readFileSync(at(name)));
export const hex = (text: string) => new Uint8Array(Buffer.from(text, 'hex'));

export const captured = json('expected.json') as {
  readonly streams: readonly CapturedStream[];
  readonly messages: readonly { readonly name: string; readonly pmt: Described; readonly parts: readonly [string] }[];
};
export const received = json('receive.json') as { readonly streams: readonly ReceivedStream[] };

/** The value that stands for a PMT that is described. */
export function valueOf({ type, value, ...rest }: Described): Pmt {
  switch (type) {
    case 'null':
      return null;
    case 'bool':
    case 'symbol':
      return value as boolean | string;
    case 'long':
      return BigInt(value as string);
    case 'uint64':
      return { pmt: 'uint64', value: BigInt(value as string) };
    case 'double':
      return number(value as Special);
    case 'complex':
      return { pmt: 'complex', re: number(rest.re!), im: number(rest.im!) };
    case 'pair':
      return { pmt: 'pair', car: valueOf(rest.car!), cdr: valueOf(rest.cdr!) };
    case 'list':
    case 'tuple':
      return { pmt: type, items: rest.items!.map(valueOf) };
    case 'vector':
      return rest.items!.map(valueOf);
    case 'dict':
      return new Map(rest.entries!.map(([key, item]) => [valueOf(key), valueOf(item)]));
    default:
      return vectorOf(type, rest.values!);
  }
}

function number(value: Special): number {
  return { nan: NaN, inf: Infinity, '-inf': -Infinity }[value] ?? Number(value);
}

function vectorOf(type: string, values: readonly unknown[]): Pmt {
  const numbers = values.flat().map((value) => number(value as Special));
  const longs = () => values.map((value) => BigInt(value as string));
  switch (type) {
    case 'u8vector':
      return Uint8Array.from(numbers);
    case 's8vector':
      return Int8Array.from(numbers);
    case 'u16vector':
      return Uint16Array.from(numbers);
    case 's16vector':
      return Int16Array.from(numbers);
    case 'u32vector':
      return Uint32Array.from(numbers);
    case 's32vector':
      return Int32Array.from(numbers);
    case 'u64vector':
      return BigUint64Array.from(longs());
    case 's64vector':
      return BigInt64Array.from(longs());
    case 'f32vector':
      return Float32Array.from(numbers);
    case 'f64vector':
      return Float64Array.from(numbers);
    case 'c32vector':
      return { pmt: 'c32vector', values: Float32Array.from(numbers) };
    case 'c64vector':
      return { pmt: 'c64vector', values: Float64Array.from(numbers) };
    default:
      throw new Error(`the fixtures have a ${type}`);
  }
}
