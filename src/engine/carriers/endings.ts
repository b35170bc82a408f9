/** After this side has closed: how long the peer may stay silent without closing its side, in ms. */
export const SILENCE_MS = 30_000;

/** The reason when it is dropped after that. */
export const SILENT = `the peer was silent for ${SILENCE_MS} ms after this side had closed`;

/** The reasons when a connection ends without a failure. */
export const CLOSED_HERE = 'closed by this side';
export const CLOSED_THERE = 'the peer closed the connection';
