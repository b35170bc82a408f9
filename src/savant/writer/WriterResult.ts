import type { Outgoing } from './Outgoing.js';

interface Written {
  /** What was sent, as it was given. */
  readonly outgoing: Outgoing;
}

/** The socket has it, and nobody answers such a message. */
export interface WriterSuccess extends Written {
  readonly kind: 'success';
  /** Tries that found no room, each `sendTimeoutMs` long. */
  readonly retriesSpent: number;
  /** Until the socket took it. */
  readonly timeSpentMs: number;
}
/** The reader has it. */
export interface WriterAck extends Written {
  readonly kind: 'ack';
  /** Tries that found no room, each `sendTimeoutMs` long. */
  readonly sendRetriesSpent: number;
  /** Waits without an answer, each `receiveTimeoutMs` long. */
  readonly receiveRetriesSpent: number;
  /** From when the socket took it to the answer. */
  readonly timeSpentMs: number;
}
/** No peer had room for it in time. It was not sent. */
export interface WriterSendTimeout extends Written {
  readonly kind: 'sendTimeout';
  /** How long it was tried. */
  readonly timeoutMs: number;
}
/** It was sent, but no answer came in time: nobody knows whether the reader has it. The writer goes on. */
export interface WriterAckTimeout extends Written {
  readonly kind: 'ackTimeout';
  /** How long the answer was waited for. */
  readonly timeoutMs: number;
}

/** What became of a message that was written, told apart by `kind`. */
export type WriterResult = WriterSuccess | WriterAck | WriterSendTimeout | WriterAckTimeout;
