import { linkSync, lstatSync, renameSync, unlinkSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { checkSocketFile } from './checkSocketFile.js';
import { CarrierError } from '../reasons.js';

type Done = (error?: Error) => void;

/** `sun_path` without its closing NUL. */
const MAX_PATH_BYTES = 107;
/** Enough that two never have the same. */
const NAME_LENGTH = 12;

/**
 * The file of a socket that listens at a path. It is made under a name of its own in the same folder and then put in its place: who
 * finds it there can connect, and who removes it does not remove another's.
 */
export class SocketFile {
  /** Where to listen at first. */
  readonly ownPath: string;
  readonly #path: string;
  #inode: bigint | undefined;

  constructor(path: string) {
    this.#path = path;
    const folder = path.slice(0, path.length - basename(path).length);
    const longest = MAX_PATH_BYTES - Buffer.byteLength(folder);
    this.ownPath = folder + nameOf(Math.min(NAME_LENGTH, Math.max(longest, 1)));
  }

  /** Puts it in its place, where it takes over from a socket that nobody listens on. */
  readonly place = (done: Done): void => {
    this.#inode = inodeAt(this.ownPath);
    try {
      linkSync(this.ownPath, this.#path); // in one step: there is nobody there, or it fails
      unlinkSync(this.ownPath);
      done();
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') return done(error as Error);
      // What is there was no socket, or nobody listened on it, when that was looked at: it is looked at again, with its inode known.
      const stale = inodeAt(this.#path);
      checkSocketFile(this.#path, (taken) => (taken ? done(taken) : this.#takeOver(stale, done)));
    }
  };

  /** Removes it, if it is still there. To be called before its socket is closed: until then nobody else has its inode. */
  readonly remove = (): void => {
    try {
      if (this.#inode !== undefined && inodeAt(this.#path) === this.#inode) unlinkSync(this.#path);
    } catch {
      // it cannot be removed, or has just been
    }
  };

  /** Of several processes that found the same dead socket one may replace it: who first has a file named after it. */
  #takeOver(stale: bigint | undefined, done: Done): void {
    if (stale === undefined) return this.place(done); // its owner has just removed it
    const claim = join(dirname(this.#path), `.${stale.toString(36)}`);
    try {
      linkSync(this.ownPath, claim);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') return done(error as Error);
      // Somebody is at it, or died over it, which the next who comes need not suffer from.
      return checkSocketFile(claim, (busy) => {
        if (!busy) remove(claim);
        done(new CarrierError('EADDRINUSE'));
      });
    }
    try {
      const isStillThere = inodeAt(this.#path) === stale;
      if (isStillThere) renameSync(this.ownPath, this.#path);
      remove(claim);
      done(isStillThere ? undefined : new CarrierError('EADDRINUSE'));
    } catch (error) {
      remove(claim);
      done(error as Error);
    }
  }
}

function inodeAt(path: string): bigint | undefined {
  return lstatSync(path, { bigint: true, throwIfNoEntry: false })?.ino;
}

function remove(path: string): void {
  try {
    unlinkSync(path);
  } catch {
    // it is gone
  }
}

function nameOf(length: number): string {
  let name = '';
  while (name.length < length) name += Math.floor(Math.random() * 36).toString(36);
  return name;
}
