import { type FileHandle, open } from 'node:fs/promises';
import { takeLarge } from '../../memory/largeBuffers.js';
import { fileError, RecordingError } from '../errors.js';
import type { Stretch } from './Stretch.js';

/** The position of a block in a part of a file, and its purpose. */
export interface Span {
  readonly offset: number;
  readonly length: number;
}

/**
 * Reads spans of a file one after the other, each to separate memory; it reads the next while the caller processes one.
 *
 * @throws FileError, and RecordingError if the file has become shorter
 */
export async function* readBlocks<S extends Span>(
  of: string,
  stretch: Stretch,
  spans: Iterable<S>,
): AsyncGenerator<{ readonly span: S; readonly bytes: Uint8Array }, void, undefined> {
  const { path } = stretch;
  let handle: FileHandle;
  try {
    handle = await open(path, 'r');
  } catch (cause) {
    throw fileError(of, 'open', path, cause);
  }
  let ahead: Promise<{ span: S; bytes: Uint8Array }> | undefined;
  try {
    for (const span of spans) {
      const before = ahead;
      ahead = readSpan(of, handle, stretch, span);
      ahead.catch(() => undefined); // it may never be awaited
      if (before) yield await before;
    }
    if (ahead) yield await ahead;
  } finally {
    await ahead?.catch(() => undefined);
    await handle.close();
  }
}

async function readSpan<S extends Span>(
  of: string,
  handle: FileHandle,
  { path, offset }: Stretch,
  span: S,
): Promise<{ span: S; bytes: Uint8Array }> {
  const bytes = takeLarge(span.length);
  let read = 0;
  while (read < span.length) {
    const position = offset + span.offset + read;
    let bytesRead: number;
    try {
      ({ bytesRead } = await handle.read(bytes, read, span.length - read, position));
    } catch (cause) {
      throw fileError(of, 'read', path, cause);
    }
    if (bytesRead === 0) {
      const end = offset + span.offset + span.length;
      const text = `${of}: ${path} became shorter while it was read: ${end} bytes were there, now ${position}`;
      throw new RecordingError(path, text);
    }
    read += bytesRead;
  }
  return { span, bytes };
}
