import { UnsupportedError } from '../../errors.js';

/** The part of the package `tar` that archives need: reading and writing headers. */
export type Tar = Pick<typeof import(/* webpackIgnore: true */ 'tar'), 'Header' | 'Pax'>;

let loading: Promise<Tar> | undefined;

/** Loads the package `tar` when it is first needed: it is optional. */
export function loadTar(of: string): Promise<Tar> {
  loading ??= import(/* webpackIgnore: true */ 'tar');
  return loading.catch((cause: unknown) => {
    loading = undefined;
    throw new UnsupportedError(`${of}: archives need the package 'tar' (npm install tar)`, { cause });
  });
}
