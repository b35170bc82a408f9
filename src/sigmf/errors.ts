import { RxZmqError } from '../errors.js';

/** The operation on a file that failed. */
export type FileOperation = 'open' | 'read' | 'write';

/** The part of a recording that is on the disk after a failed write. */
export interface Kept {
  /** The number of complex samples (for real data: of samples of each channel) in the file that was being written. */
  readonly samples: number;
  /** That file. */
  readonly path: string;
}

/**
 * The system refused an operation on a file: the file is missing or a directory, access is not allowed, or the disk is full.
 * `cause` is the error of the system, with its `code` (`'ENOSPC'`, `'ENOENT'`).
 */
export class FileError extends RxZmqError {
  override readonly name = 'FileError';
  readonly code = 'ERR_FILE';

  constructor(
    readonly operation: FileOperation,
    readonly path: string,
    message: string,
    options?: ErrorOptions,
    /** After a failed write: the part that was kept. */
    readonly kept?: Kept,
  ) {
    super(message, options);
  }
}

/** A file exists, but its content cannot be read: no metadata, an unknown datatype, missing samples. */
export class RecordingError extends RxZmqError {
  override readonly name = 'RecordingError';
  readonly code = 'ERR_RECORDING';

  constructor(
    readonly path: string,
    message: string,
    options?: ErrorOptions,
    /** The wrong field, such as `'core:datatype'`, if it is a field. */
    readonly field?: string,
  ) {
    super(message, options);
  }
}

/** A FileError for an error of the system, which names function, file and operation. */
export function fileError(of: string, operation: FileOperation, path: string, cause: unknown, kept?: Kept): FileError {
  const { code, message } = cause as NodeJS.ErrnoException;
  const why = (code !== undefined && REASONS[code]) || message || String(cause);
  const what = kept === undefined ? '' : `; ${kept.samples} samples are kept in ${kept.path}`;
  const text = `${of}: ${operation} failed on ${path}: ${why}${code === undefined ? '' : ` (${code})`}${what}`;
  return new FileError(operation, path, text, { cause }, kept);
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'the file or folder does not exist',
  EISDIR: 'it is a folder, a file was expected',
  ENOTDIR: 'a part of the path is a file, a folder was expected',
  EACCES: 'it is not allowed',
  EPERM: 'it is not allowed',
  EROFS: 'the file system can only be read',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the quota is used up',
  EFBIG: 'the file would be larger than it may be',
  EEXIST: 'it is there already; option overwrite: true replaces it',
  EPIPE: 'its reader has closed it',
};
