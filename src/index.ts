// Frames
export { frame } from './frame/frame.js';
export type { FrameOptions } from './frame/frameOptions.js';
export { encodeFrame } from './frame/encodeFrame.js';
export { decodeFrame } from './frame/decodeFrame.js';
export { release } from './frame/release.js';
export { cf128ToFloat64 } from './frame/cf128ToFloat64.js';
export { float64ToCf128 } from './frame/float64ToCf128.js';
export { getTimestampNs } from './frame/getTimestampNs.js';
export type { Frame, FrameFrom, FrameInput, FrameOf, SamplesByType, SamplesOf, SampleType } from './frame/types.js';
export type { FrameStamp } from './frame/FrameStamp.js';
export type { StampSettings } from './frame/createStamp.js';

// Codecs
export { sigs } from './codecs/sigs.js';
export { raw } from './codecs/raw.js';
export { text } from './codecs/text.js';
export { json } from './codecs/json.js';
export { topic, type Topical } from './codecs/topic.js';
export type { Codec, Parts } from './codecs/Codec.js';

// Demand: what crosses a pipeline from a consumer to the sockets that feed it
export { bounded } from './operators/bounded.js';
export { demand } from './demand/demand.js';
export { fromIterable, type FromIterableOptions } from './sources/fromIterable.js';
export { iterate, type IterateOptions } from './operators/iterate.js';
export { latest } from './operators/latest.js';
export { pacedMap, type PacedMapOptions } from './operators/pacedMap.js';
export { tee } from './operators/tee.js';
export { untracked } from './demand/untracked.js';
export type { BufferPolicy } from './internal/BufferFlow.js';
export type { Demand, Waiter } from './demand/types.js';

// Sources
export { fromPull, type CodecPullOptions, type FramePullOptions } from './sources/fromPull.js';
export { fromSub, type CodecSubOptions, type FrameSubOptions } from './sources/fromSub.js';

// Sinks
export { toPub, type CodecPubOptions, type FramePubOptions } from './sinks/toPub.js';
export { toPush, type CodecPushOptions, type FramePushOptions } from './sinks/toPush.js';

// Requests and replies
export { request } from './operators/request.js';
export { requester, type RequesterHandle } from './operators/requester.js';
export {
  reply,
  type Answer,
  type CodecReplyOptions,
  type FrameReplyOptions,
  type ReplyOptions,
  type Served,
} from './sources/reply.js';

// Security
export { curveKeyPair, type CurveKeyPair } from './security/curveKeyPair.js';
export { curvePublicKey } from './security/curvePublicKey.js';
export type {
  Authenticate,
  Credentials,
  CurveCredentials,
  NullCredentials,
  PlainCredentials,
} from './security/Credentials.js';
export type {
  AddressLists,
  CurveClientSecurity,
  CurveKey,
  CurveServerSecurity,
  NullSecurity,
  PlainClientSecurity,
  PlainServerSecurity,
  Security,
} from './security/Security.js';

// What they share
export type { Endpoints } from './internal/endpoints.js';
export type { InvalidMessage, OnInvalid } from './internal/invalid.js';
export type { CodecSinkOptions, FrameSinkOptions, SinkOptions } from './internal/SinkOptions.js';
export type {
  CodecRequestOptions,
  FlowOptions,
  FrameRequestOptions,
  PlainCodecRequestOptions,
  PlainFrameRequestOptions,
  ProjectedCodecRequestOptions,
  ProjectedFrameRequestOptions,
  ProjectOption,
  RequestOptions,
  TimeoutOption,
} from './internal/RequestOptions.js';
export type { DriverChoice } from './internal/pickDriver.js';
export type { HeartbeatOptions, ReconnectOptions, SocketOptions } from './internal/SocketOptions.js';
export type { CodecSourceOptions, FrameSourceOptions, SourceOptions } from './internal/SourceOptions.js';
export type { StatusObserver } from './internal/statusReporter.js';
export type {
  ClosedStatus,
  ConnectedStatus,
  ConnectingStatus,
  DisconnectedStatus,
  DroppedStatus,
  HandshakeFailedStatus,
  InvalidStatus,
  ListeningStatus,
  ResumedStatus,
  RetryingStatus,
  SocketStatus,
  StalledStatus,
  SubscribedStatus,
} from './internal/SocketStatus.js';

// Errors
export {
  CodecError,
  DrainError,
  EndpointError,
  FrameError,
  type FrameFault,
  NativeLoadError,
  OverflowError,
  OptionError,
  RequestTimeoutError,
  RxZmqError,
  SecurityError,
  SocketError,
  type SocketOperation,
  UnsupportedError,
} from './errors.js';
