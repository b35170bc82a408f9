import { mkdtemp, rmdir } from 'node:fs';
import { join } from 'node:path';
import { CarrierError } from '../reasons.js';

/** The length of `sun_path` without its final NUL. */
const MAX_PATH_BYTES = 107;

type Done = (error: Error | null, path: string, remove: (removed: () => void) => void) => void;

/**
 * Creates a folder that only this user can enter, under TMPDIR, TEMPDIR or TMP, or else in the current directory. Calls back with a path
 * for a socket in it, and with a function that removes the folder once the socket is gone. If a place does not work (it does not
 * exist, is not writable, or has too long a name), it tries the next one.
 */
export function makeSocketFolder(done: Done): void {
  const named = ['TMPDIR', 'TEMPDIR', 'TMP'].map((name) => process.env[name] ?? '').filter((folder) => folder !== '');
  makeIn([...named, ''], done);
}

/** The error is that of the first place, which is the one the user has configured. */
function makeIn(places: readonly string[], done: Done): void {
  const [folder, ...others] = places as readonly [string, ...string[]];
  tryIn(folder, (error, path, remove) => {
    if (error === null || others.length === 0) return done(error, path, remove);
    makeIn(others, (otherError, ...made) => done(otherError && error, ...made));
  });
}

function tryIn(parent: string, done: Done): void {
  mkdtemp(join(parent, 'tmp'), (error, folder) => {
    if (error) return done(error, '', (removed) => removed());
    const remove = (removed: () => void): void => rmdir(folder, () => removed()); // others may have put files there
    const path = join(folder, 'socket');
    if (Buffer.byteLength(path) <= MAX_PATH_BYTES) return done(null, path, remove);
    const tooLong = new CarrierError('ENAMETOOLONG', `the path of the temporary folder is too long: ${path}`);
    remove(() => done(tooLong, path, remove));
  });
}
