import { describe } from '../../basics/describe.js';
import { RecordingError } from '../errors.js';
import { isObject } from './isObject.js';
import { parseJson } from './parseJson.js';
import type { SigmfStream } from './types.js';

/** The recordings of a collection, in order. The old form, pairs of name and hash, is allowed. */
export function parseCollection(path: string, bytes: Uint8Array): SigmfStream[] {
  const { collection } = parseJson(path, bytes);
  const streams = isObject(collection) ? collection['core:streams'] : undefined;
  if (!Array.isArray(streams)) {
    const text = `${path}: collection must have an array core:streams, got ${describe(streams)}`;
    throw new RecordingError(path, text, undefined, 'core:streams');
  }
  return streams.map((stream: unknown) => {
    const { name, hash } = Array.isArray(stream)
      ? pairOf(stream)
      : (Object(stream) as { name?: unknown; hash?: unknown });
    if (typeof name === 'string' && name !== '' && !/[/\\]/.test(name)) {
      return { name, hash: typeof hash === 'string' ? hash.toLowerCase() : '' };
    }
    const text = `${path}: core:streams must name recordings of the same folder, got ${describe(name)}`;
    throw new RecordingError(path, text, undefined, 'core:streams');
  });
}

function pairOf([name, hash]: readonly unknown[]): { readonly name: unknown; readonly hash: unknown } {
  return { name, hash };
}
