export { virtualTime, type VirtualTimeOptions } from './virtualTime.js';
export { frames, type FrameFields, type FrameFromSpec, type FrameSpec, type TestSamples } from './frames.js';
export type {
  CodecExpectOptions,
  CodecFeedOptions,
  EndpointExpectation,
  FrameExpectOptions,
  FrameFeedOptions,
  MarbleValues,
  ObservableExpectation,
  VirtualHelpers,
} from './VirtualHelpers.js';
