import type { NextObserver } from 'rxjs';
import type { SocketStatus } from '../../driver/SocketStatus.js';
import type { SequenceGap } from '../rules/SequenceCheck.js';

/** Messages of a source did not come, or a reader came late: its first message was not the first. Nothing else follows from it. */
export interface SequenceGapStatus extends SequenceGap {
  readonly kind: 'sequenceGap';
  readonly endpoint: string;
  readonly socketId: number;
}

/** What a reader tells of itself, told apart by `kind`. */
export type ReaderStatus = SocketStatus | SequenceGapStatus;

/** Where that goes: `next` is the only method called. */
export type ReaderStatusObserver = NextObserver<ReaderStatus> | ((status: ReaderStatus) => void);
