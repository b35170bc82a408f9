import type { SigmfCollection, SigmfMeta } from './types.js';

/** Metadata as text, in the order of the specification. */
export function writeMeta({ global, captures, annotations }: SigmfMeta): string {
  return `${JSON.stringify({ global: inOrder(global), captures, annotations }, null, 2)}\n`;
}

/** A collection as text. */
export function writeCollection(collection: SigmfCollection): string {
  return `${JSON.stringify(collection, null, 2)}\n`;
}

/** The most important fields come first. */
function inOrder(global: SigmfMeta['global']): SigmfMeta['global'] {
  const { 'core:datatype': datatype, 'core:sample_rate': rate, 'core:version': version, ...others } = global;
  return {
    'core:datatype': datatype,
    ...(rate === undefined ? {} : { 'core:sample_rate': rate }),
    'core:version': version,
    ...others,
  };
}
