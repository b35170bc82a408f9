import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

it('travels under zone.js, and not from one zone into another', async () => {
  const program = fileURLToPath(new URL('./programs/underZone.ts', import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, ['--import', 'tsx', program]);
  expect(JSON.parse(stdout)).toEqual([1, 1]); // one value is with the consumer, none waits
});
