import { appendFileSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { map, of } from 'rxjs';
import { pacedMap } from 'rxzmq';
import { fromSigmf, readSigmf } from 'rxzmq/sigmf';
import { virtualTime } from 'rxzmq/testing';
import { describe, expect, it } from 'vitest';
import { heardWarnings } from '../helpers/heardWarnings.js';
import { all, failure, fixture, folder, recordingOf } from './support.js';

const base = { 'core:datatype': 'ci8', 'core:version': '1.2.5', 'core:sample_rate': 2e6 };

describe('what is wrong', () => {
  const good = { global: base, captures: [], annotations: [] };

  it('with the files is an error that names them', async () => {
    const path = folder();
    expect(await failure(fromSigmf(path('none')))).toMatchObject({
      code: 'ERR_FILE',
      operation: 'open',
      cause: { code: 'ENOENT' },
      message: expect.stringContaining('none.sigmf-meta'),
    });
    expect(await failure(fromSigmf(path()))).toMatchObject({ code: 'ERR_FILE', cause: { code: 'EISDIR' } });
    writeFileSync(path('data.sigmf-data'), 'x');
    expect(await failure(fromSigmf(path('data')))).toMatchObject({
      code: 'ERR_RECORDING',
      message: expect.stringContaining('fromIqFile'),
    });
    writeFileSync(path('meta.sigmf-meta'), JSON.stringify(good));
    expect(await failure(fromSigmf(path('meta')))).toMatchObject({
      code: 'ERR_RECORDING',
      message: expect.stringContaining('meta.sigmf-data'),
    });
    for (const name of ['a.sigmf', 'a.sigmf-collection', 'a.sigmf-data'])
      expect(await failure(fromSigmf(path(name)))).toMatchObject({ code: 'ERR_FILE', cause: { code: 'ENOENT' } });
  });

  it('with archives likewise', async () => {
    const path = folder();
    const whole = readFileSync(fixture('archive-flat.sigmf'));
    const cases: [string, Uint8Array, RegExp][] = [
      ['gzip', gzipSync(whole), /compressed \(gzip\)/],
      ['garbage', new Uint8Array(2048).fill(65), /not a tar archive/],
      ['short', new Uint8Array(10), /too short/],
      ['cut', whole.subarray(0, 700), /cut off/],
      ['empty', new Uint8Array(1024), /without a recording/],
    ];
    for (const [name, bytes, message] of cases) {
      writeFileSync(path(`${name}.sigmf`), bytes);
      const error = await failure(fromSigmf(path(`${name}.sigmf`)));
      expect(error, name).toMatchObject({ code: 'ERR_RECORDING' });
      expect(error.message, name).toMatch(message);
    }
  });

  it('with collections likewise', async () => {
    const path = folder();
    const write = (streams: unknown) =>
      writeFileSync(
        path('c.sigmf-collection'),
        JSON.stringify({ collection: { 'core:version': '1.2.5', 'core:streams': streams } }),
      );
    write([{ name: '../x', hash: '' }]);
    expect((await failure(fromSigmf(path('c')))).message).toMatch(/same folder/);
    write('x');
    expect((await failure(fromSigmf(path('c')))).message).toMatch(/core:streams/);
    recordingOf(path('a'), good, new Uint8Array(4));
    write([['a', '00']]); // the old form, and a hash of something else
    expect(await readSigmf(path('c'))).toMatchObject([{ name: 'a', problems: [expect.stringContaining('hash')] }]);
  });

  it('with a file that shrinks while it is read is an error; what grows is not waited for', async () => {
    const path = folder()('rec');
    recordingOf(path, good, new Uint8Array(4096));
    const shrunk = failure(
      fromSigmf(path, { blockSamples: 16 }).pipe(
        pacedMap((f) => {
          if (f.sequence === 0) truncateSync(`${path}.sigmf-data`, 64);
          return of(f);
        }),
      ),
    );
    expect((await shrunk).message).toMatch(/rec.sigmf-data became shorter while it was read/);
    recordingOf(path, good, new Uint8Array(64));
    const grown = await all(
      fromSigmf(path, { blockSamples: 16 }).pipe(map((f) => (appendFileSync(`${path}.sigmf-data`, 'xx'), f))),
    );
    expect(grown.reduce((sum, f) => sum + f.numSamples, 0)).toBe(32);
  });

  it('with what can be read all the same is told once as a warning, or to a listener', async () => {
    const path = folder()('rec');
    recordingOf(path, { global: { ...base, 'core:version': 7 }, captures: [{}], annotations: [] }, new Uint8Array(5));
    const warnings = heardWarnings();
    await all(fromSigmf(path));
    await warnings.settled();
    expect(warnings.texts).toEqual([expect.stringMatching(/^fromSigmf: .*core:version.*\(and 2 more/)]);
    const problems: string[] = [];
    await all(fromSigmf(path, { onProblem: (problem) => problems.push(problem) }));
    expect(problems).toHaveLength(3);
  });

  it('with the samples is found where that is asked for', async () => {
    const path = folder()('rec');
    recordingOf(path, { ...good, global: { ...base, 'core:sha512': 'AB'.repeat(64) } }, new Uint8Array(4));
    expect(await all(fromSigmf(path))).toHaveLength(1);
    expect(await failure(fromSigmf(path, { verify: true }))).toMatchObject({
      code: 'ERR_RECORDING',
      field: 'core:sha512',
    });
    await expect(readSigmf(path, { verify: 'sha512' })).rejects.toMatchObject({ field: 'core:sha512' });
    recordingOf(path, good, new Uint8Array(4));
    expect((await failure(fromSigmf(path, { verify: true }))).message).toMatch(/no core:sha512/);
  });

  it('with what is asked for', async () => {
    const error = await failure(fromSigmf(fixture('tone-rf32-le'), { sampleType: 'cf32' }));
    expect(error.message).toMatch(/holds real samples, rf32_le/);
    expect((await failure(fromSigmf(fixture('tone-ci8'), { items: true }))).message).toMatch(/holds complex samples/);
    const path = folder()('rec');
    recordingOf(path, { ...good, global: { 'core:datatype': 'ci8', 'core:version': '1.2.5' } }, new Uint8Array(4));
    expect((await failure(fromSigmf(path, { from: 5n }))).message).toMatch(/does not say its sample rate/);
  });

  it('with a mandatory extension is an error, unless the caller knows it', async () => {
    const path = folder()('rec');
    const global = { ...base, 'core:extensions': [{ name: 'odd', version: '1.0.0', optional: false }] };
    recordingOf(path, { ...good, global }, new Uint8Array(4));
    expect((await failure(fromSigmf(path))).message).toMatch(/extensions: \['odd'\]/);
    expect(await all(fromSigmf(path, { extensions: ['odd'] }))).toHaveLength(1);
  });

  it.each([
    ['path', [''], /path must be a text/],
    ['path', [7], /path must be a text/],
    ['loop', ['x', { loop: 0 }], /option 'loop'/],
    ['pace', ['x', { pace: -1 }], /option 'pace'/],
    ['from', ['x', { from: -1 }], /option 'from'/],
    ['to', ['x', { to: 1.5 }], /option 'to'/],
    ['blockSamples', ['x', { blockSamples: 0 }], /option 'blockSamples'/],
    ['extension', ['x', { extension: [] }], /did you mean 'extensions'/],
    ['items', ['x', { items: false }], /option 'items'/],
  ] as const)('with %s is thrown at the call', (option, args, message) => {
    const call = () => (fromSigmf as (...given: readonly unknown[]) => unknown)(...args);
    expect(call).toThrow(message);
    expect(call).toThrow(expect.objectContaining({ code: 'ERR_OPTION', option }));
  });

  it('in virtual time, where no file is read, says so', () => {
    expect(() => virtualTime(({ expectObservable }) => expectObservable(fromSigmf('x')).toBe('|'))).toThrow(
      /fromSigmf: a file/,
    );
  });
});
