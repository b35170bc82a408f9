import { UnsupportedError } from '../../errors.js';

/** The part of the package `tar` that archives need: reading and writing headers. */
export type Tar = Pick<typeof import(/* webpackIgnore: true */ 'tar'), 'Header' | 'Pax'>;

/** Loads the package `tar` when it is first needed: it is optional. */
export function loadTar(of: string): Promise<Tar> {
  // bundlers let it be missing if that is handled here
  return import(/* webpackIgnore: true */ 'tar').catch((cause: unknown) => {
    throw new UnsupportedError(`${of}: archives need the package 'tar' (npm install tar)`, { cause });
  });
}
