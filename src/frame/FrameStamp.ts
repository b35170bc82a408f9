import type { Frame, FrameInput } from './types.js';

/** Makes a Frame of a {@link FrameInput}, with the metadata, sequence and time of the socket that sends it. */
export type FrameStamp = (input: FrameInput) => Frame;
