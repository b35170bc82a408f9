import type { Outgoing } from './Outgoing.js';

interface Written {
  /** The value that was sent, unchanged. */
  readonly outgoing: Outgoing;
}

/** The socket has accepted it, and such a message has no answer. */
export interface WriterSuccess extends Written {
  readonly kind: 'success';
  /** Tries while the queue of the socket was full, each `sendTimeoutMs` long. */
  readonly retriesSpent: number;
  /** The time until the socket accepted it. */
  readonly timeSpentMs: number;
}
/** The reader has received it. */
export interface WriterAck extends Written {
  readonly kind: 'ack';
  /** Tries while the queue of the socket was full, each `sendTimeoutMs` long. */
  readonly sendRetriesSpent: number;
  /** Waits without an answer, each `receiveTimeoutMs` long. */
  readonly receiveRetriesSpent: number;
  /** The time from when the socket accepted it until the answer. */
  readonly timeSpentMs: number;
}
/** No peer accepted it in time. It was not sent. */
export interface WriterSendTimeout extends Written {
  readonly kind: 'sendTimeout';
  /** How long the writer tried. */
  readonly timeoutMs: number;
}
/** It was sent, but no answer arrived in time: it is not known whether the reader has it. The writer goes on. */
export interface WriterAckTimeout extends Written {
  readonly kind: 'ackTimeout';
  /** How long the writer waited for the answer. */
  readonly timeoutMs: number;
}

/** The result of sending a message; `kind` says which. */
export type WriterResult = WriterSuccess | WriterAck | WriterSendTimeout | WriterAckTimeout;
