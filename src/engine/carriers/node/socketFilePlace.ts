import { chmod, mkdir, stat } from 'node:fs';
import { dirname } from 'node:path';
import { CarrierError, reasonOf } from '../reasons.js';

/** Makes the folders on the way to a socket file. What is there already stays, but must not be a folder itself. */
export function makeWayFor(path: string, done: (reason: Error | undefined) => void): void {
  mkdir(dirname(path), { recursive: true }, (error) => {
    if (error) return done(readable(error));
    stat(path, (_missing, stats) =>
      done(stats?.isDirectory() ? new CarrierError('EISDIR', 'a folder is there') : undefined),
    );
  });
}

/** Sets the permissions of a socket file that is there. */
export function setPermissions(path: string, mode: number, done: (reason: Error | undefined) => void): void {
  chmod(path, mode, (error) => done(error ? readable(error) : undefined));
}

function readable(error: Error): Error {
  return new Error(reasonOf(error), { cause: error });
}
