/** The parts of one ZeroMQ message. */
export type Parts = Uint8Array[];
