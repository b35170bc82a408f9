import { mkdtemp, rmdir } from 'node:fs';
import { join } from 'node:path';
import { CarrierError } from '../reasons.js';

/** `sun_path` without its closing NUL. */
const MAX_PATH_BYTES = 107;

type Done = (error: Error | null, path: string, remove: (removed: () => void) => void) => void;

/**
 * Makes a folder that only this user may enter, under TMPDIR, TEMPDIR or TMP, else where the process runs, and gives a path for
 * a socket in it and the function that removes the folder, once the socket is gone. A place where that cannot be done, be it that
 * it is not there, may not be written to, or has too long a name, leaves it to the next.
 */
export function makeSocketFolder(done: Done): void {
  const named = ['TMPDIR', 'TEMPDIR', 'TMP'].map((name) => process.env[name] ?? '').filter((folder) => folder !== '');
  makeIn([...named, ''], done);
}

/** The error is that of the first place: the one that was asked for. */
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
