/** The extensions of SigMF files. */
export const SUFFIX = {
  meta: '.sigmf-meta',
  data: '.sigmf-data',
  archive: '.sigmf',
  collection: '.sigmf-collection',
} as const;

/** A path without such an extension: the base name of a recording, with its folder. */
export function withoutSuffix(path: string): string {
  const suffix = Object.values(SUFFIX).find((end) => path.endsWith(end));
  return suffix === undefined ? path : path.slice(0, -suffix.length);
}
