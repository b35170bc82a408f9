import type { Frame, FrameInput } from './types.js';

/** Makes a Frame of a {@link FrameInput}, with the metadata, sequence number and time of the sending socket. */
export type FrameStamp = (input: FrameInput) => Frame;
