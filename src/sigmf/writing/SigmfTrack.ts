import { type FileHandle, open, rm } from 'node:fs/promises';
import { RxZmqError } from '../../errors.js';
import { fileError } from '../errors.js';
import { SUFFIX } from '../files/names.js';
import { writeAll } from '../files/writeAll.js';
import type { SigmfAnnotation, SigmfCapture, SigmfGlobal } from '../metadata/types.js';
import { HashThread } from './HashThread.js';
import { MetaFile } from './MetaFile.js';
import type { Note, Track } from './Track.js';

interface SigmfTrackSettings {
  readonly of: string;
  /** Folder and base name. */
  readonly base: string;
  readonly global: SigmfGlobal;
  readonly bytesPerSample: number;
  readonly hashes: boolean;
  readonly overwrite: boolean;
  /** Called with the finished metadata. */
  readonly closed: (base: string, metaText: string) => Promise<void>;
}

/** One recording that is being written: its samples, and its metadata file, which is always complete. */
export class SigmfTrack implements Track {
  readonly #settings: SigmfTrackSettings;
  readonly #dataPath: string;
  readonly #meta: MetaFile;
  #hash: HashThread | undefined;
  #handle: FileHandle | undefined;
  #collection: string | undefined;
  bytesWritten = 0;

  constructor(settings: SigmfTrackSettings) {
    const { of, base, global } = settings;
    this.#settings = settings;
    this.#dataPath = base + SUFFIX.data;
    this.#meta = new MetaFile(of, base + SUFFIX.meta, global);
  }

  /** From now on it is one of several recordings. */
  joins(collection: string): void {
    this.#collection = collection;
  }

  addCapture(capture: SigmfCapture): void {
    this.#meta.addCapture(capture);
  }

  addAnnotation(annotation: SigmfAnnotation): void {
    this.#meta.addAnnotation(annotation);
  }

  async open(): Promise<void> {
    const { of, hashes, overwrite } = this.#settings;
    try {
      this.#handle = await open(this.#dataPath, overwrite ? 'w' : 'wx');
    } catch (cause) {
      throw fileError(of, 'open', this.#dataPath, cause);
    }
    try {
      if (hashes) this.#hash = new HashThread();
      await this.#meta.begin();
    } catch (error) {
      await this.#abandon();
      throw error;
    }
  }

  async write(bytes: Uint8Array, notes: readonly Note[]): Promise<void> {
    if (this.#handle === undefined) return;
    const before = this.bytesWritten;
    const hashed = this.#hash?.add(bytes); // at the same time as it is written
    hashed?.catch(() => undefined); // it is awaited below
    try {
      await writeAll(this.#handle, bytes, before, (count) => (this.bytesWritten += count));
    } catch (cause) {
      await hashed;
      await this.#cutToSamples(before);
      for (const { offset, apply } of notes) if (before + offset < this.bytesWritten) apply();
      throw this.#failed(cause);
    }
    await hashed?.catch((cause: unknown) => {
      throw this.#failed(cause);
    });
    for (const { apply } of notes) apply();
    if (notes.length > 0) this.#meta.refresh();
  }

  async close(): Promise<void> {
    const handle = this.#handle;
    this.#handle = undefined;
    if (handle === undefined) return;
    try {
      try {
        await handle.sync();
      } finally {
        await handle.close();
      }
      const sha512 = await this.#hash?.digest();
      const text = await this.#meta.settle({
        ...(sha512 === undefined ? {} : { 'core:sha512': sha512 }),
        ...(this.#collection === undefined ? {} : { 'core:collection': this.#collection }),
      });
      await this.#settings.closed(this.#settings.base, text);
    } catch (cause) {
      throw cause instanceof RxZmqError ? cause : this.#failed(cause);
    } finally {
      this.#hash?.close();
    }
  }

  /** It could not be opened, so nobody will close it. A file that was made for it would be in the way of the next attempt. */
  async #abandon(): Promise<void> {
    const handle = this.#handle;
    this.#handle = undefined;
    this.#hash?.close();
    await handle?.close().catch(() => undefined); // the error that has happened says more
    if (!this.#settings.overwrite) await rm(this.#dataPath, { force: true }).catch(() => undefined);
  }

  /** After a failed write, cuts the file to whole samples. */
  async #cutToSamples(before: number): Promise<void> {
    this.bytesWritten -= this.bytesWritten % this.#settings.bytesPerSample;
    await this.#hash?.keep(this.bytesWritten - before);
    await this.#handle?.truncate(this.bytesWritten).catch(() => undefined); // readers ignore an incomplete sample
  }

  #failed(cause: unknown): Error {
    const { of, bytesPerSample } = this.#settings;
    const kept = { samples: this.bytesWritten / bytesPerSample, path: this.#dataPath };
    return fileError(of, 'write', this.#dataPath, cause, kept);
  }
}
