import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import { SUFFIX } from '../files/names.js';
import { replaceFile } from '../files/replaceFile.js';
import type { SigmfStream } from '../metadata/types.js';
import { writeCollection } from '../metadata/writeMeta.js';

/** The collection file of recordings that belong together. Each recording is added when it is finished. */
export class CollectionFile {
  readonly path: string;
  /** Folder and base name of all finished recordings. */
  readonly bases: string[] = [];
  readonly #of: string;
  readonly #streams: SigmfStream[] = [];

  constructor(of: string, base: string) {
    this.#of = of;
    this.path = base + SUFFIX.collection;
  }

  /** @param isOneOfSeveral a single recording needs no collection */
  async add(base: string, metaText: string, isOneOfSeveral: boolean): Promise<void> {
    this.bases.push(base);
    this.#streams.push({ name: basename(base), hash: createHash('sha512').update(metaText).digest('hex') });
    if (!isOneOfSeveral) return;
    const collection = { 'core:version': '1.2.5', 'core:streams': this.#streams };
    await replaceFile(this.#of, this.path, writeCollection({ collection }), 'durable');
  }
}
