import { RecordingError } from '../errors.js';
import { isObject } from './isObject.js';

/** Parses a SigMF file, which contains one object; a byte order mark is allowed. */
export function parseJson(path: string, bytes: Uint8Array): Readonly<Record<string, unknown>> {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new RecordingError(path, `${path}: it is not UTF-8`, { cause });
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new RecordingError(path, `${path}: it is not JSON: ${(cause as Error).message}`, { cause });
  }
  if (isObject(value)) return value;
  throw new RecordingError(path, `${path}: it must hold one object, and holds ${JSON.stringify(value).slice(0, 40)}`);
}
