import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));

it('examples/programs/savantCameras.ts counts the frames with cars of each camera, and ends', async () => {
  const args = ['--import', 'tsx', 'examples/programs/savantCameras.ts'];
  const { stdout, stderr } = await promisify(execFile)(process.execPath, args, { cwd: root, timeout: 240_000 });

  expect(stdout.trim().split('\n')).toEqual(['cam-1: 4 frames with cars', 'cam-2: 6 frames with cars']);
  expect(stderr).toBe('');
});
