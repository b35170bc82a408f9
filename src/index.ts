// Frames
export { frame } from './frame/frame.js';
export type { FrameOptions } from './frame/frameOptions.js';
export { encodeFrame } from './frame/encodeFrame.js';
export { decodeFrame } from './frame/decodeFrame.js';
export { release } from './frame/release.js';
export { cf128ToFloat64 } from './samples/cf128ToFloat64.js';
export { float64ToCf128 } from './samples/float64ToCf128.js';
export { getTimestampNs } from './time/getTimestampNs.js';
export type { SampleType } from './samples/types.js';
export type { SamplesByType } from './samples/types.js';
export type { SamplesOf } from './samples/types.js';
export type { Frame, FrameFrom, FrameInput, FrameOf } from './frame/types.js';
export type { FrameStamp } from './frame/FrameStamp.js';
export type { StampSettings } from './frame/createStamp.js';

// Codecs
export { sigs } from './codecs/sigs.js';
export { raw } from './codecs/raw.js';
export { text } from './codecs/text.js';
export { json } from './codecs/json.js';
export { topic, type Topical } from './codecs/topic.js';
export { lines } from './codecs/lines.js';
export type { Parts } from './basics/Parts.js';
export type { Codec } from './codecs/Codec.js';

// Demand: what crosses a pipeline from a consumer to the sockets that feed it
export { bounded } from './operators/bounded.js';
export { demand } from './demand/demand.js';
export { fromIterable, type FromIterableOptions } from './sources/fromIterable.js';
export { iterate, type IterateOptions } from './operators/iterate.js';
export { latest } from './operators/latest.js';
export { pacedMap, type PacedMapOptions } from './operators/pacedMap.js';
export { tee } from './operators/tee.js';
export { teeBy } from './operators/teeBy.js';
export { untracked } from './operators/untracked.js';
export type { BufferPolicy } from './operators/flows/BufferFlow.js';
export type { Demand, Waiter } from './demand/types.js';

// Signals
export { animated } from './operators/animated.js';
export { fresh } from './operators/fresh.js';
export { align, type AlignOptions } from './operators/align.js';
export { convertSamples, type ConvertSamplesOptions, type Saturation } from './operators/convertSamples.js';
export { gaps, type GapsOptions } from './operators/gaps.js';
export { markGaps, type Marked, type MarkGapsOptions } from './operators/markGaps.js';
export { pace, type PaceOptions } from './operators/pace.js';
export { reblock } from './operators/reblock.js';
export { spectrum, type SpectrumOptions } from './operators/spectrum.js';
export { stats, type StatsOptions } from './operators/stats.js';
export { cu8ToFloat32 } from './samples/cu8ToFloat32.js';
export { float32ToCu8 } from './samples/float32ToCu8.js';
export { float32ToHalf } from './samples/float32ToHalf.js';
export { float32ToSc16Q11 } from './samples/float32ToSc16Q11.js';
export { halfToFloat32 } from './samples/halfToFloat32.js';
export { sc16Q11ToFloat32 } from './samples/sc16Q11ToFloat32.js';
export type { SpectrumLine } from './spectrum/SpectrumLine.js';
export type { WindowName } from './spectrum/windows.js';
export type { Gap } from './operators/flows/GapTracker.js';
export type { SequenceFault } from './operators/flows/SequenceWindow.js';
export type { Durations, FrameStats } from './operators/flows/StatsFlow.js';
export type { Listener } from './rx/notifier.js';

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

// Sockets
export { openSocket } from './sockets/openSocket.js';
export type {
  MessageOf,
  SocketHandles,
  SocketOf,
  SocketOptionsByType,
  SocketType,
  TwoWaySocket,
} from './sockets/SocketTypes.js';
export type {
  CloseOptions,
  Connects,
  Joins,
  NamesPeers,
  Receives,
  SendOptions,
  Sends,
  SocketHandle,
  SocketSinkOptions,
  Subscribes,
} from './sockets/SocketHandle.js';
export {
  proxy,
  type CaptureSocket,
  type ProxyOptions,
  type ProxySource,
  type ProxyTarget,
} from './sockets/proxy/proxy.js';
export type { CaptureTraffic, ProxyStatus, ProxyTraffic } from './sockets/proxy/ProxyStatus.js';
export type { Datagram, GroupMessage, OutgoingParts, Part, RoutedMessage } from './sockets/messages.js';
export type {
  ConflatingOptions,
  DealerSocketOptions,
  DgramSocketOptions,
  MatchingOptions,
  MulticastOptions,
  NamedOptions,
  OpenSocketOptions,
  ProbingOptions,
  PublishingOptions,
  PubSocketOptions,
  PullSocketOptions,
  PushSocketOptions,
  RadioSocketOptions,
  ReceivingOptions,
  ReceivingSocketOptions,
  RepSocketOptions,
  ReqSocketOptions,
  RouterSocketOptions,
  ScatterSocketOptions,
  SendingOptions,
  StreamSocketOptions,
  SubSocketOptions,
  TwoWaySocketOptions,
  XPubSocketOptions,
  XSubSocketOptions,
} from './sockets/OpenSocketOptions.js';

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
export type { Endpoints } from './driver/endpoints.js';
export type { InvalidMessage, OnInvalid } from './endpoints/status/invalidMessages.js';
export type { CodecSinkOptions, FrameSinkOptions, SinkOptions } from './endpoints/sending/SinkOptions.js';
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
} from './endpoints/requests/RequestOptions.js';
export type { DriverChoice } from './platform/pickDriver.js';
export type { WebOptions } from './endpoints/webOptions.js';
export type { HeartbeatOptions, ReconnectOptions, SocketOptions } from './endpoints/SocketOptions.js';
export type { CodecSourceOptions, FrameSourceOptions, SourceOptions } from './endpoints/receiving/SourceOptions.js';
export type { StatusObserver } from './endpoints/status/statusReporter.js';
export type {
  ClosedStatus,
  ConnectedStatus,
  ConnectingStatus,
  DisconnectedStatus,
  DroppedStatus,
  HandshakeFailedStatus,
  InvalidStatus,
  ListeningStatus,
  OtherThreadStatus,
  ResumedStatus,
  RetryingStatus,
  SocketStatus,
  StalledStatus,
  SubscribedStatus,
} from './driver/SocketStatus.js';

// Errors
export { FrameError } from './samples/FrameError.js';
export type { FrameFault } from './samples/FrameError.js';
export {
  CodecError,
  DrainError,
  EndpointError,
  NativeLoadError,
  OverflowError,
  OptionError,
  RequestTimeoutError,
  RxZmqError,
  SecurityError,
  SocketError,
  type SocketOperation,
  UnsupportedError,
  VirtualTimeError,
} from './errors.js';
