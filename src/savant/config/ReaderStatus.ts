import type { NextObserver } from 'rxjs';
import type { SocketStatus } from '../../driver/SocketStatus.js';
import type { SequenceGap } from '../rules/SequenceCheck.js';

/** Messages of a source are missing, or the reader started late: its first message was not the first of the source. The reader goes on. */
export interface SequenceGapStatus extends SequenceGap {
  readonly kind: 'sequenceGap';
  readonly endpoint: string;
  readonly socketId: number;
}

/** The events of a reader; `kind` says which it is. */
export type ReaderStatus = SocketStatus | SequenceGapStatus;

/** The receiver of these events; only `next` is called. */
export type ReaderStatusObserver = NextObserver<ReaderStatus> | ((status: ReaderStatus) => void);
