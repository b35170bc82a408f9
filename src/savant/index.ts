// Readers
export { fromReader } from './reader/fromReader.js';
export { openReader } from './reader/openReader.js';
export type { FromReaderOptions, OpenReaderOptions, ReaderOptions } from './config/ReaderOptions.js';
export type {
  ReaderBlacklisted,
  ReaderMessage,
  ReaderPrefixMismatch,
  ReaderResult,
  ReaderRoutingIdMismatch,
  ReaderTimeout,
  ReaderTooShort,
  ReaderVersionMismatch,
} from './reader/ReaderResult.js';
export type { ReaderStatus, ReaderStatusObserver, SequenceGapStatus } from './config/ReaderStatus.js';
export type { WaitOptions } from './socket/waiters.js';
export type { SavantReader } from './reader/SavantReader.js';
export type { SequenceGap } from './rules/SequenceCheck.js';

// Writers
export { toWriter } from './writer/toWriter.js';
export { openWriter } from './writer/openWriter.js';
export type { OpenWriterOptions, ToWriterOptions, WriterOptions } from './config/WriterOptions.js';
export type { Outgoing } from './writer/Outgoing.js';
export type {
  WriterAck,
  WriterAckTimeout,
  WriterResult,
  WriterSendTimeout,
  WriterSuccess,
} from './writer/WriterResult.js';
export type { SavantWriter, WriteOperation } from './writer/SavantWriter.js';

// Configuration
export { optionsFromMap, type OptionsFromMap } from './config/optionsFromMap.js';
export type { SavantSocketOptions } from './config/SavantSocketOptions.js';
export type { TopicPrefixSpec } from './config/TopicPrefixSpec.js';

// Messages
export { decodeMessage, type DecodeOptions } from './messages/decodeMessage.js';
export { encodeMessage } from './messages/encodeMessage.js';
export type { MessageOverrides } from './messages/MessageOverrides.js';
export { MessageError } from './schema/MessageError.js';
export { attribute, type AttributeOptions } from './messages/attribute.js';
export { endOfStream } from './messages/endOfStream.js';
export { message, type MessageOptions, PROTOCOL_VERSION } from './messages/message.js';
export { shutdown } from './messages/shutdown.js';
export { unknown } from './messages/unknown.js';
export { userData } from './messages/userData.js';
export { videoFrame, type VideoFrameOptions } from './messages/videoFrame.js';
export { videoFrameBatch } from './messages/videoFrameBatch.js';
export { videoFrameUpdate, type VideoFrameUpdateOptions } from './messages/videoFrameUpdate.js';
export { videoObject, type VideoObjectOptions } from './messages/videoObject.js';
export type { Integer } from './messages/rules.js';
export type {
  Attribute,
  AttributeValue,
  BooleanValue,
  BooleanVectorValue,
  BoundingBox,
  BoundingBoxValue,
  BoundingBoxVectorValue,
  BytesValue,
  Confident,
  FloatValue,
  FloatVectorValue,
  IntegerValue,
  IntegerVectorValue,
  Intersection,
  IntersectionEdge,
  IntersectionKind,
  IntersectionValue,
  NoneValue,
  Point,
  PointValue,
  PointVectorValue,
  Polygon,
  PolygonValue,
  PolygonVectorValue,
  StringValue,
  StringVectorValue,
  TemporaryValue,
} from './schema/attributes.js';
export type {
  AttributeUpdatePolicy,
  EndOfStream,
  ExternalContent,
  ForeignObject,
  FrameContent,
  InitialSize,
  InternalContent,
  Message,
  NoContent,
  ObjectAttribute,
  ObjectUpdatePolicy,
  Padding,
  Payload,
  PayloadKind,
  ResultingSize,
  Scale,
  Shutdown,
  TranscodingMethod,
  Transformation,
  Unknown,
  UserData,
  VideoFrame,
  VideoFrameBatch,
  VideoFrameUpdate,
  VideoObject,
} from './schema/types.js';
