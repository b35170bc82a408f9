import { chmod, mkdir, stat } from 'node:fs';
import { dirname } from 'node:path';
import { CarrierError, reasonOf } from '../reasons.js';

/** Creates the parent folders of a socket file. A file that exists there stays; a folder there is an error. */
export function makeWayFor(path: string, done: (reason: Error | undefined) => void): void {
  mkdir(dirname(path), { recursive: true }, (error) => {
    if (error) return done(readable(error));
    stat(path, (_missing, stats) =>
      done(stats?.isDirectory() ? new CarrierError('EISDIR', 'a folder is there') : undefined),
    );
  });
}

/** Sets the permissions of an existing socket file. */
export function setPermissions(path: string, mode: number, done: (reason: Error | undefined) => void): void {
  chmod(path, mode, (error) => done(error ? readable(error) : undefined));
}

function readable(error: Error): Error {
  return new Error(reasonOf(error), { cause: error });
}
