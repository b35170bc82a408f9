import { readdirSync, writeFileSync } from 'node:fs';
import { NEVER, of } from 'rxjs';
import { fromSigmf, packSigmf, toSigmf } from 'rxzmq/sigmf';
import { expect, it, vi } from 'vitest';
import { all, failure, folder, numbered } from './support.js';

vi.mock('tar', () => {
  throw new Error('Cannot find package');
});

const missing = (of: string) => ({
  code: 'ERR_UNSUPPORTED',
  message: expect.stringMatching(`^${of}: .*tar`),
});

it('an archive is refused before anything is recorded; a recording needs no package', async () => {
  const path = folder();
  expect(await failure(NEVER.pipe(toSigmf(path('rec.sigmf'))))).toMatchObject(missing('toSigmf'));
  expect(await failure(of(numbered(0)).pipe(toSigmf(path('rec.sigmf'))))).toMatchObject(missing('toSigmf'));
  expect(readdirSync(path())).toEqual([]);
  expect(await all(of(numbered(0)).pipe(toSigmf(path('rec'))))).toHaveLength(1);
  await expect(packSigmf(path('rec'))).rejects.toMatchObject(missing('packSigmf'));
  expect(readdirSync(path()).sort()).toEqual(['rec.sigmf-data', 'rec.sigmf-meta']);
});

it('an archive cannot be read', async () => {
  const path = folder();
  writeFileSync(path('rec.sigmf'), new Uint8Array(1024));
  expect(await failure(fromSigmf(path('rec.sigmf')))).toMatchObject(missing('fromSigmf'));
});
