export { provideRxzmq, type RxzmqOptions } from './provideRxzmq.js';
export { Rxzmq } from './Rxzmq.js';
export type { RxzmqClient } from './client/RxzmqClient.js';
export {
  subResource,
  type CodecSubResourceOptions,
  type FrameSubResourceOptions,
  type SubResourceOptions,
} from './subResource.js';
export { drawFrames, type DrawFramesOptions, type DrawFramesRef } from './drawFrames.js';
export {
  connectionState,
  type ConnectionState,
  type ConnectionStateOptions,
  type ConnectionStateSignal,
} from './connectionState.js';
export { provideRxzmqTesting, type RxzmqTestingOptions } from './provideRxzmqTesting.js';
