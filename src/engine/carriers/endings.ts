/** How long a peer may be silent without closing its side once ours is closed, in ms. */
export const SILENCE_MS = 30_000;

/** Why it is dropped then. */
export const SILENT = `the peer was silent for ${SILENCE_MS} ms after this side had closed`;

/** Why a connection ends that nothing was wrong with. */
export const CLOSED_HERE = 'closed by this side';
export const CLOSED_THERE = 'the peer closed the connection';
