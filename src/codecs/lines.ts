import { describe } from '../basics/describe.js';
import { CodecError } from '../errors.js';
import { MAX_U64 } from '../frame/header.js';
import type { SpectrumLine } from '../spectrum/SpectrumLine.js';
import { WINDOW_NAMES, type WindowName } from '../spectrum/windows.js';
import type { Codec } from './Codec.js';
import { decodeUtf8, encodeUtf8 } from './utf8.js';

const MOST_BINS = 2 ** 22;

/** The header on the wire. Fields that are left out have their defaults. */
interface Header {
  readonly bins: number;
  readonly top: number;
  readonly step: number;
  readonly timestampNs: string;
  readonly centerFreq?: number | undefined;
  readonly sampleRate?: number | undefined;
  readonly sequence?: number | undefined;
  readonly window?: string | undefined;
  readonly windowSamples?: number | undefined;
  readonly rms?: number | undefined;
  readonly peak?: number | undefined;
  readonly lost?: number | undefined;
}

/**
 * Lines of a spectrum, as {@link spectrum} makes them: a message of two parts, a header in JSON and one byte for each bin.
 *
 * `{"centerFreq":433920000,"sampleRate":2048000,"bins":4096,"top":0,"step":0.5,"timestampNs":"1700000000000000000"}` is a header with
 * all fields that it must have but frequency and rate, which are 0 by default; the names are those of {@link SpectrumLine}. A time does
 * not fit into a number of JSON: it is text. Both directions throw a CodecError. Levels are not copied.
 *
 * @example
 * ```ts
 * frames$.pipe(spectrum({ rate: 20 }), toPub(web.at('/lines'), { codec: lines }));
 * ```
 */
export const lines: Codec<SpectrumLine> = {
  encode(line) {
    checkLine(line);
    const { bins, top, step, timestampNs, centerFreq, sampleRate, sequence, window, windowSamples, rms, peak, lost } =
      line;
    const header: Header = {
      centerFreq: finite(centerFreq),
      sampleRate: finite(sampleRate),
      bins,
      top,
      step,
      timestampNs: timestampNs.toString(),
      sequence: sequence || undefined,
      window: window === 'blackmanHarris' ? undefined : window,
      windowSamples: windowSamples === bins ? undefined : windowSamples,
      rms: rounded(rms),
      peak: rounded(peak),
      lost: lost || undefined,
    };
    return [encodeUtf8('lines', JSON.stringify(header)), line.levels];
  },
  decode(parts) {
    const [first, levels] = parts;
    if (first === undefined || levels === undefined || parts.length !== 2) {
      throw new CodecError(`lines takes messages of 2 parts, this one has ${parts.length}`);
    }
    return lineOf(parse(decodeUtf8('lines', first)), levels);
  },
  topicFirst: false,
};

function parse(text: string): Readonly<Record<string, unknown>> {
  let header: unknown;
  try {
    header = JSON.parse(text);
  } catch (cause) {
    throw new CodecError(`lines: the header is no JSON: ${(cause as Error).message}`, { cause });
  }
  if (typeof header !== 'object' || header === null || Array.isArray(header)) {
    throw new CodecError(`lines: the header must be an object, not ${describe(header)}`);
  }
  return header as Readonly<Record<string, unknown>>;
}

function lineOf(header: Readonly<Record<string, unknown>>, levels: Uint8Array): SpectrumLine {
  const number = (name: keyof Header, fallback?: number): number => {
    const value = header[name] ?? fallback;
    if (typeof value !== 'number' || !Number.isFinite(value)) throw wrong(name, 'a number', value);
    return value;
  };
  const count = (name: keyof Header, least: number, most: number, fallback?: number): number => {
    const value = number(name, fallback);
    if (!Number.isSafeInteger(value) || value < least || value > most) {
      throw wrong(name, `an integer from ${least} to ${most}`, value);
    }
    return value;
  };
  const bins = count('bins', 1, MOST_BINS);
  if (bins !== levels.length) {
    throw new CodecError(`lines: the header says ${bins} bins, but there are ${levels.length} levels`);
  }
  const step = number('step');
  if (!(step > 0)) throw wrong('step', 'above 0', step);
  const { timestampNs, window = 'blackmanHarris' } = header;
  if (typeof timestampNs !== 'string' || !/^\d{1,20}$/.test(timestampNs) || BigInt(timestampNs) > MAX_U64) {
    throw wrong('timestampNs', 'a text of up to 20 digits, at most 2 ** 64 - 1', timestampNs);
  }
  if (!WINDOW_NAMES.includes(window as WindowName)) {
    throw wrong('window', `one of ${WINDOW_NAMES.map((name) => `'${name}'`).join(', ')}`, window);
  }
  return {
    levels,
    bins,
    top: number('top'),
    step,
    centerFreq: number('centerFreq', 0),
    sampleRate: number('sampleRate', 0),
    timestampNs: BigInt(timestampNs),
    sequence: count('sequence', 0, Number.MAX_SAFE_INTEGER, 0),
    window: window as WindowName,
    windowSamples: count('windowSamples', 1, bins, bins),
    rms: number('rms', -300),
    peak: number('peak', -300),
    lost: count('lost', 0, Number.MAX_SAFE_INTEGER, 0),
  };
}

function checkLine(line: unknown): void {
  const { levels, bins, top, step, timestampNs } = Object(line) as Partial<SpectrumLine>;
  if (!ArrayBuffer.isView(levels) || levels[Symbol.toStringTag] !== 'Uint8Array' || levels.length !== bins) {
    throw new CodecError(`lines takes what spectrum() makes, with as many levels as bins, not ${describe(line)}`);
  }
  if (bins < 1 || bins > MOST_BINS) throw wrong('bins', `from 1 to ${MOST_BINS}`, bins);
  if (!Number.isFinite(top)) throw wrong('top', 'a number', top);
  if (!(Number.isFinite(step) && step! > 0)) throw wrong('step', 'a number above 0', step);
  if (typeof timestampNs !== 'bigint' || timestampNs < 0n || timestampNs > MAX_U64) {
    throw wrong('timestampNs', 'a bigint from 0n to 2n ** 64n - 1n', timestampNs);
  }
}

function wrong(name: string, wanted: string, value: unknown): CodecError {
  return new CodecError(`lines: ${name} must be ${wanted}, not ${describe(value)}`);
}

/** JSON has no infinity and no NaN: nothing is said instead. */
function finite(value: number): number | undefined {
  return Number.isFinite(value) ? value : undefined;
}

function rounded(dB: number): number | undefined {
  return Number.isFinite(dB) ? Math.round(dB * 100) / 100 : undefined;
}
