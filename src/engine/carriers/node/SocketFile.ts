import { linkSync, lstatSync, renameSync, unlinkSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { checkSocketFile } from './checkSocketFile.js';
import { CarrierError } from '../reasons.js';

type Done = (error?: Error) => void;

/** The length of `sun_path` without its final NUL. */
const MAX_PATH_BYTES = 107;
/** Long enough to be unique. */
const NAME_LENGTH = 12;

/**
 * The file of a socket that listens at a path. It is created under a temporary name in the same folder and then moved to its place:
 * a peer that finds it there can connect, and an owner that removes it does not remove another socket's file.
 */
export class SocketFile {
  /** The temporary path to listen at. */
  readonly ownPath: string;
  readonly #path: string;
  #inode: bigint | undefined;

  constructor(path: string) {
    this.#path = path;
    const folder = path.slice(0, path.length - basename(path).length);
    const longest = MAX_PATH_BYTES - Buffer.byteLength(folder);
    this.ownPath = folder + nameOf(Math.min(NAME_LENGTH, Math.max(longest, 1)));
  }

  /** Moves the file to its place, where it replaces the file of a socket on which no process listens. */
  readonly place = (done: Done): void => {
    this.#inode = inodeAt(this.ownPath);
    try {
      linkSync(this.ownPath, this.#path); // atomic: it fails if the path exists
      unlinkSync(this.ownPath);
      done();
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') return done(error as Error);
      // The first check found no listening socket at the path. Check again, now that its inode is known.
      const stale = inodeAt(this.#path);
      checkSocketFile(this.#path, (taken) => (taken ? done(taken) : this.#takeOver(stale, done)));
    }
  };

  /** Removes the file, if it is still there. Call it before the socket is closed: until then no other file has its inode. */
  readonly remove = (): void => {
    try {
      if (this.#inode !== undefined && inodeAt(this.#path) === this.#inode) unlinkSync(this.#path);
    } catch {
      // it cannot be removed, or is gone already
    }
  };

  /** Of several processes that find the same dead socket only one may replace it: the first that has a file named after its inode. */
  #takeOver(stale: bigint | undefined, done: Done): void {
    if (stale === undefined) return this.place(done); // its owner has just removed it
    const claim = join(dirname(this.#path), `.${stale.toString(36)}`);
    try {
      linkSync(this.ownPath, claim);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') return done(error as Error);
      // Another process is replacing it, or has died meanwhile: then its claim must not stop the next one.
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
    // it does not exist any more
  }
}

function nameOf(length: number): string {
  let name = '';
  while (name.length < length) name += Math.floor(Math.random() * 36).toString(36);
  return name;
}
