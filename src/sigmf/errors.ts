import { RxZmqError } from '../errors.js';

/** What was being done with a file when the system said no. */
export type FileOperation = 'open' | 'read' | 'write';

/** What of a recording is on the disk all the same. */
export interface Kept {
  /** Complex samples (of real data: samples of each channel) in the file that was being written. */
  readonly samples: number;
  /** That file. */
  readonly path: string;
}

/**
 * The system could not do what was asked with a file: it is missing, a directory, not allowed, or the disk is full. The
 * system's own error, with its `code` (`'ENOSPC'`, `'ENOENT'`), is in `cause`.
 */
export class FileError extends RxZmqError {
  override readonly name = 'FileError';
  readonly code = 'ERR_FILE';

  constructor(
    readonly operation: FileOperation,
    readonly path: string,
    message: string,
    options?: ErrorOptions,
    /** Writing: what was kept. */
    readonly kept?: Kept,
  ) {
    super(message, options);
  }
}

/** A file is there, but what is in it cannot be read: no metadata, a datatype that there is not, samples that are gone. */
export class RecordingError extends RxZmqError {
  override readonly name = 'RecordingError';
  readonly code = 'ERR_RECORDING';

  constructor(
    readonly path: string,
    message: string,
    options?: ErrorOptions,
    /** The field that is wrong, such as `'core:datatype'`, where it is one. */
    readonly field?: string,
  ) {
    super(message, options);
  }
}

/** What the system said, as an error of ours that names function, file and deed. */
export function fileError(of: string, operation: FileOperation, path: string, cause: unknown, kept?: Kept): FileError {
  const { code, message } = cause as NodeJS.ErrnoException;
  const why = (code !== undefined && REASONS[code]) || message || String(cause);
  const what = kept === undefined ? '' : `; ${kept.samples} samples are kept in ${kept.path}`;
  const text = `${of}: ${operation} failed on ${path}: ${why}${code === undefined ? '' : ` (${code})`}${what}`;
  return new FileError(operation, path, text, { cause }, kept);
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file or folder',
  EISDIR: 'it is a folder, a file was expected',
  ENOTDIR: 'a part of the path is a file, a folder was expected',
  EACCES: 'it is not allowed',
  EPERM: 'it is not allowed',
  EROFS: 'the file system can only be read',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the quota is used up',
  EFBIG: 'the file would be larger than it may be',
  EEXIST: 'it is there already; option overwrite: true replaces it',
  EPIPE: 'whoever read it has closed it',
};
