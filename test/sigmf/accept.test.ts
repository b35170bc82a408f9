import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { fromSigmf, readSigmf, type SigmfRecording } from 'rxzmq/sigmf';
import { all, fixture, folder } from './support.js';

interface Case {
  readonly name: string;
  /** `null`: bytes that are no text, made below. */
  readonly meta: string | null;
  readonly spec: string;
}

const { cases } = JSON.parse(readFileSync(fixture('accept.json'), 'utf8')) as { cases: readonly Case[] };

/** What cannot be read, and the field that is to blame, or words of the error. */
const refused: Readonly<Record<string, RegExp>> = {
  'datatype cf16_le': /core:datatype must be/,
  'datatype ci64_le': /core:datatype must be/,
  'datatype ci24_le': /core:datatype must be/,
  'datatype CF32_LE': /core:datatype must be/,
  'datatype cf32_lex': /core:datatype must be/,
  'datatype f32_le': /core:datatype must be/,
  'datatype ': /core:datatype must be/,
  'datatype missing': /core:datatype must be/,
  'sample_rate NaN': /it is not JSON/,
  'sample_rate Infinity': /it is not JSON/,
  'extension mandatory unknown': /option extensions/,
  'num_channels 0': /core:num_channels must be/,
  'latin-1 bytes': /it is not UTF-8/,
  'trailing comma': /it is not JSON/,
  comment: /it is not JSON/,
  'array top': /it must hold one object/,
  'truncated JSON': /it is not JSON/,
  'dataset with path': /core:dataset must be/,
};

/** What is against the rules but can be read: the reader says so. */
const told = /^(invalid|reader SHOULD ignore|newer)/;
/** Rules that say nothing of how samples are read: whoever writes keeps them, the reader passes them on. */
const passedOn =
  /^(version 1\.2(\.5-rc1)?$|version v1|sample_rate 0\.5|annotation only lower|annotation uuid|annotations unsorted|sha512 129|unknown core|undeclared|extension extra|field |geolocation 1|license|datetime '2023-11-14T22:13:20'|datetime .*(00:00|t22|,5Z| 22:|14')|data not)/;

/** The two whose bytes are no text. */
function bytesOf(name: string): Uint8Array {
  const text = JSON.stringify({
    global: { 'core:datatype': 'cf32_le', 'core:version': '1.2.5', 'core:author': 'é' },
    captures: [],
    annotations: [],
  });
  return name === 'BOM' ? Buffer.from(`\ufeff${text}`) : Buffer.from(text, 'latin1');
}

describe.each(cases)('$name ($spec)', ({ name, meta, spec }) => {
  const write = () => {
    const path = folder()('rec');
    writeFileSync(`${path}.sigmf-meta`, meta ?? bytesOf(name));
    const bytes = name === 'data empty' ? 0 : name === 'data not whole samples' ? 765 : 768;
    writeFileSync(`${path}.sigmf-data`, new Uint8Array(bytes));
    return path;
  };

  it('is read, or refused with an error that says why', async () => {
    const path = write();
    const reason = refused[name];
    if (reason !== undefined) {
      await expect(readSigmf(path)).rejects.toMatchObject({
        code: 'ERR_RECORDING',
        message: expect.stringMatching(reason),
      });
      return;
    }
    const [recording] = (await readSigmf(path)) as [SigmfRecording];
    const values = (await all(fromSigmf(path, { onProblem: () => undefined }))) as {
      numSamples?: number;
      numItems?: number;
    }[];
    const numSamples = values.reduce((sum, value) => sum + (value.numSamples ?? value.numItems ?? 0), 0);
    expect(numSamples).toBe(recording.numSamples * recording.numChannels);
    if (name === 'data empty') expect(numSamples).toBe(0);
    else expect(numSamples).toBeGreaterThan(0);
    if (told.test(spec) && !passedOn.test(name)) expect(recording.problems).not.toEqual([]);
    if (/^(valid|allowed)/.test(spec) && !/9223/.test(name)) expect(recording.problems).toEqual([]);
  });
});

it('the cases are those of the fixture', () => {
  expect(cases).toHaveLength(114);
  expect(Object.keys(refused).filter((name) => !cases.some((one) => one.name === name))).toEqual([]);
});
