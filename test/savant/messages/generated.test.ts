import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

const root = fileURLToPath(new URL('../../..', import.meta.url));

it('the code is what the schema makes', async () => {
  const script = fileURLToPath(new URL('../../../scripts/generateSavant.mjs', import.meta.url));

  await expect(promisify(execFile)(process.execPath, [script, '--check'], { cwd: root })).resolves.toMatchObject({
    stderr: '',
  });
});
