import { describe } from '../../basics/describe.js';
import { RecordingError } from '../errors.js';
import { type Datatype, parseDatatype } from '../samples/Datatype.js';
import { parseDatetime } from './datetime.js';
import { isObject } from './isObject.js';
import { parseJson } from './parseJson.js';
import type { SigmfAnnotation, SigmfMeta } from './types.js';

/** A validated capture. */
export interface ReadCapture {
  readonly sampleStart: number;
  /** 0: not specified. */
  readonly frequency: number;
  readonly timestampNs: bigint | undefined;
  readonly globalIndex: number | undefined;
  readonly headerBytes: number;
}

/** Validated metadata. */
export interface ReadMeta {
  /** The unchanged content of the file. */
  readonly meta: SigmfMeta;
  readonly datatype: Datatype;
  /** 0: not specified. */
  readonly sampleRate: number;
  readonly numChannels: number;
  readonly sha512: string | undefined;
  readonly dataset: string | undefined;
  readonly trailingBytes: number;
  /** Sorted. */
  readonly captures: readonly ReadCapture[];
  /** Violations of the specification, and how they were treated. */
  readonly problems: readonly string[];
}

type Fields = Readonly<Record<string, unknown>>;

const MOST_HZ = 1e12;

/**
 * Parses metadata tolerantly: invalid fields that are not essential are left out and reported in `problems`.
 *
 * @param known the required extensions that the caller supports
 * @throws RecordingError if the samples cannot be read with it
 */
export function parseMeta(path: string, bytes: Uint8Array, known: readonly string[] = []): ReadMeta {
  const top = parseJson(path, bytes);
  return new MetaReader(path, top, known).read();
}

class MetaReader {
  readonly #path: string;
  readonly #top: Fields;
  readonly #known: readonly string[];
  readonly #problems: string[] = [];

  constructor(path: string, top: Fields, known: readonly string[]) {
    this.#path = path;
    this.#top = top;
    this.#known = known;
  }

  read(): ReadMeta {
    const { global } = this.#top as { global?: unknown };
    if (!isObject(global)) throw this.#error('global', `it has no object 'global', but ${describe(global)}`);
    const datatype = parseDatatype(global['core:datatype']);
    if (datatype === undefined) throw this.#noDatatype(global['core:datatype']);
    if (datatype.name !== global['core:datatype']) {
      this.#problem(`core:datatype ${describe(global['core:datatype'])} is read as '${datatype.name}'`);
    }
    this.#version(global['core:version']);
    this.#extensions(global['core:extensions']);
    return {
      meta: this.#top as unknown as SigmfMeta,
      datatype,
      sampleRate: this.#number(global, 'core:sample_rate', (rate) => rate > 0 && rate <= MOST_HZ) ?? 0,
      numChannels: this.#numChannels(global['core:num_channels']),
      sha512: this.#hash(global['core:sha512']),
      dataset: this.#dataset(global['core:dataset']),
      trailingBytes: this.#count(global, 'core:trailing_bytes') ?? 0,
      captures: this.#captures(this.#count(global, 'core:offset') ?? 0),
      problems: this.#annotations(),
    };
  }

  #captures(offset: number): ReadCapture[] {
    const given = this.#list('captures');
    const captures = given.flatMap((fields, at) => this.#capture(fields, at));
    if (captures.some(({ sampleStart }, at) => sampleStart < (captures[at - 1]?.sampleStart ?? 0))) {
      this.#problem('captures are not sorted by core:sample_start; they are taken in order');
      captures.sort((a, b) => a.sampleStart - b.sampleStart);
    }
    // the specification allows both: starts that include the offset, and starts that do not
    const first = captures[0]?.sampleStart ?? 0;
    if (offset === 0 || first < offset) return captures;
    return captures.map((capture) => ({
      ...capture,
      sampleStart: capture.sampleStart - offset,
      globalIndex: capture.globalIndex ?? capture.sampleStart,
    }));
  }

  #capture(fields: unknown, at: number): ReadCapture[] {
    const where = `captures[${at}]`;
    const start = isObject(fields) ? fields['core:sample_start'] : undefined;
    if (!isObject(fields) || !isCount(start)) {
      this.#problem(`${where}: core:sample_start must be an integer from 0, got ${describe(start)}; it is left out`);
      return [];
    }
    const { 'core:datetime': datetime } = fields;
    const timestampNs = parseDatetime(datetime);
    if (datetime !== undefined && timestampNs === undefined) {
      this.#problem(`${where}: core:datetime ${describe(datetime)} cannot be read; its time is not known`);
    }
    return [
      {
        sampleStart: start,
        frequency: this.#number(fields, 'core:frequency', (hz) => Math.abs(hz) <= MOST_HZ, where) ?? 0,
        timestampNs,
        globalIndex: this.#count(fields, 'core:global_index', where),
        headerBytes: this.#count(fields, 'core:header_bytes', where) ?? 0,
      },
    ];
  }

  #annotations(): readonly string[] {
    const given = this.#list('annotations') as SigmfAnnotation[];
    const starts = given.map((fields) => (isObject(fields) ? fields['core:sample_start'] : undefined));
    if (!starts.every(isCount)) this.#problem('annotations: each needs a core:sample_start, an integer from 0');
    return this.#problems;
  }

  #list(name: 'captures' | 'annotations'): readonly unknown[] {
    const list = this.#top[name];
    if (Array.isArray(list)) return list as unknown[];
    this.#problem(`${name} must be an array, got ${describe(list)}; it is taken for empty`);
    return [];
  }

  #version(version: unknown): void {
    const major = typeof version === 'string' ? /^v?(\d+)\.\d+/.exec(version)?.[1] : undefined;
    if (major === undefined) this.#problem(`core:version must be a text such as '1.2.5', got ${describe(version)}`);
    else if (Number(major) > 1)
      this.#problem(`core:version ${describe(version)} is newer than 1: it may mean other things`);
  }

  #extensions(list: unknown): void {
    if (list === undefined) return;
    if (!Array.isArray(list)) {
      this.#problem(`core:extensions must be an array, got ${describe(list)}`);
      return;
    }
    for (const extension of list as unknown[]) {
      const { name, optional } = Object(extension) as Fields;
      if (typeof name !== 'string' || typeof optional !== 'boolean') {
        this.#problem('core:extensions: each needs name, version and optional');
      } else if (!optional && !this.#known.includes(name)) {
        const hint = `if you do, say so by option extensions: ['${name}']`;
        throw this.#error(
          'core:extensions',
          `it can only be read by programs that support its extension '${name}'; ${hint}`,
        );
      }
    }
  }

  #numChannels(given: unknown): number {
    if (given === undefined) return 1;
    if (isCount(given) && given > 0) return given;
    throw this.#error('core:num_channels', `core:num_channels must be an integer from 1, got ${describe(given)}`);
  }

  #hash(given: unknown): string | undefined {
    if (given === undefined) return undefined;
    if (typeof given === 'string' && /^[\da-f]{128}$/i.test(given)) return given.toLowerCase();
    this.#problem(`core:sha512 must be 128 hexadecimal digits, got ${describe(given)}`);
    return undefined;
  }

  #dataset(given: unknown): string | undefined {
    if (given === undefined) return undefined;
    if (typeof given === 'string' && given !== '' && !/[/\\]/.test(given) && given !== '..' && given !== '.')
      return given;
    throw this.#error('core:dataset', `core:dataset must be the name of a file beside it, got ${describe(given)}`);
  }

  #count(fields: Fields, name: string, where?: string): number | undefined {
    const value = fields[name];
    if (value === undefined || isCount(value)) return value;
    this.#problem(
      `${where === undefined ? '' : `${where}: `}${name} must be an integer from 0, got ${describe(value)}`,
    );
    return undefined;
  }

  #number(fields: Fields, name: string, isRight: (value: number) => boolean, where?: string): number | undefined {
    const value = fields[name];
    if (value === undefined || (typeof value === 'number' && isRight(value))) return value;
    this.#problem(
      `${where === undefined ? '' : `${where}: `}${name} cannot be ${describe(value)}; it is taken as not said`,
    );
    return undefined;
  }

  #problem(text: string): void {
    this.#problems.push(text);
  }

  #noDatatype(given: unknown): RecordingError {
    const names = 'r or c, then f32, f64, i8, i16, i32, u8, u16 or u32, then _le or _be';
    return this.#error('core:datatype', `core:datatype must be ${names}, such as 'cf32_le', got ${describe(given)}`);
  }

  #error(field: string, message: string): RecordingError {
    return new RecordingError(this.#path, `${this.#path}: ${message}`, undefined, field);
  }
}

/** An integer from 0; above 2^53 it may be inexact, and means "very far". */
function isCount(value: unknown): value is number {
  return Number.isInteger(value) && (value as number) >= 0;
}
