import { mkdtemp, rmdir, statSync } from 'node:fs';
import { join } from 'node:path';
import { CarrierError } from '../reasons.js';

/** `sun_path` without its closing NUL. */
const MAX_PATH_BYTES = 107;

/**
 * Makes a folder that only this user may enter, under TMPDIR, TEMPDIR or TMP, else where the process runs, and gives a path for
 * a socket in it and the function that removes the folder, once the socket is gone.
 */
export function makeSocketFolder(
  done: (error: Error | null, path: string, remove: (removed: () => void) => void) => void,
): void {
  mkdtemp(join(temporaryFolder(), 'tmp'), (error, folder) => {
    const remove = (removed: () => void): void => rmdir(folder, () => removed()); // others may have put files there
    const path = join(folder, 'socket');
    if (error || Buffer.byteLength(path) <= MAX_PATH_BYTES) return done(error, path, remove);
    const tooLong = new CarrierError('ENAMETOOLONG', `the path of the temporary folder is too long: ${path}`);
    remove(() => done(tooLong, path, remove));
  });
}

function temporaryFolder(): string {
  const named = ['TMPDIR', 'TEMPDIR', 'TMP'].map((name) => process.env[name] ?? '');
  return named.find((folder) => folder !== '' && statSync(folder, { throwIfNoEntry: false })?.isDirectory()) ?? '';
}
