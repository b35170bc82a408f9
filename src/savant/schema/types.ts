import type { Attribute, BoundingBox } from './attributes.js';

/**
 * A message between savant peers. A plain object: `{ ...message, routingLabels }` works.
 *
 * All 64-bit integers of the wire are bigints. A field whose type allows `undefined` may be left out, and is then not sent.
 */
export interface Message {
  /** The release of the sender's library. A savant reader accepts only its own. */
  readonly protocolVersion: string;
  /** Labels of your choice, for routers between the peers. */
  readonly routingLabels: readonly string[];
  /** The OpenTelemetry context that the message belongs to, such as `traceparent`. */
  readonly propagatedContext: Readonly<Record<string, string>>;
  /** Counts the messages of a source, from 1. A writer sets it; 0 before that. */
  readonly seqId: bigint;
  /** Identifies the writer that sent it. A writer sets it; empty before that. */
  readonly systemId: string;
  /** Its content; `kind` says which it is. */
  readonly payload: Payload;
}

/** The content of a {@link Message}. */
export type Payload = VideoFrame | VideoFrameBatch | VideoFrameUpdate | UserData | EndOfStream | Unknown | Shutdown;

/** The values of `kind` of a {@link Payload}. */
export type PayloadKind = Payload['kind'];

/** A video frame with the objects that were detected in it. */
export interface VideoFrame {
  readonly kind: 'videoFrame';
  /** The `seqId` of the previous frame. */
  readonly previousFrameSeqId?: bigint | undefined;
  /** The source of its stream. */
  readonly sourceId: string;
  /** A UUID. */
  readonly uuid: string;
  /** Its creation time: UNIX time in ns, a 128-bit integer. */
  readonly creationTimestampNs: bigint;
  /** Free text such as `30/1`. */
  readonly framerate: string;
  /** In pixels. */
  readonly width: bigint;
  /** In pixels. */
  readonly height: bigint;
  /** Whether the stream is passed on as it came or was encoded anew. */
  readonly transcodingMethod: TranscodingMethod;
  /** Such as `h264`. */
  readonly codec?: string | undefined;
  readonly keyframe?: boolean | undefined;
  /** `timeBaseNumerator / timeBaseDenominator` seconds are the unit of `pts`, `dts` and `duration`. */
  readonly timeBaseNumerator: number;
  readonly timeBaseDenominator: number;
  /** The presentation time, in units of the time base. */
  readonly pts: bigint;
  /** The decoding time, in units of the time base. */
  readonly dts?: bigint | undefined;
  /** In units of the time base. */
  readonly duration?: bigint | undefined;
  /** Where the picture is. */
  readonly content: FrameContent;
  /** The changes of the picture's geometry, in order. */
  readonly transformations: readonly Transformation[];
  /** Only persistent ones are sent. */
  readonly attributes: readonly Attribute[];
  readonly objects: readonly VideoObject[];
  /** The UUID of the previous keyframe. */
  readonly previousKeyframe?: string | undefined;
}

/** Whether a stream is passed on as it came or was encoded anew. */
export type TranscodingMethod = 'copy' | 'encoded';

/** The location of the picture of a {@link VideoFrame}. */
export type FrameContent = InternalContent | ExternalContent | NoContent;

/** The picture is in the message. */
export interface InternalContent {
  readonly kind: 'internal';
  /** After decoding, a view of the message's bytes. */
  readonly data: Uint8Array;
}

/** The picture is elsewhere: with method `zeromq`, in the part after the message. */
export interface ExternalContent {
  readonly kind: 'external';
  /** The method to fetch it. */
  readonly method: string;
  /** Where it is. */
  readonly location?: string | undefined;
}

/** There is no picture. */
export interface NoContent {
  readonly kind: 'none';
}

/** A step in the history of a frame's geometry. */
export type Transformation = InitialSize | Scale | Padding | ResultingSize;

/** The original size of the frame. */
export interface InitialSize {
  readonly kind: 'initialSize';
  readonly width: bigint;
  readonly height: bigint;
}

/** The frame was scaled to this size. */
export interface Scale {
  readonly kind: 'scale';
  readonly width: bigint;
  readonly height: bigint;
}

/** Pixels that were added on each side. */
export interface Padding {
  readonly kind: 'padding';
  readonly left: bigint;
  readonly top: bigint;
  readonly right: bigint;
  readonly bottom: bigint;
}

/** The final size of the frame. */
export interface ResultingSize {
  readonly kind: 'resultingSize';
  readonly width: bigint;
  readonly height: bigint;
}

/** Several frames by a number of the sender's choice. */
export interface VideoFrameBatch {
  readonly kind: 'videoFrameBatch';
  readonly frames: ReadonlyMap<bigint, VideoFrame>;
}

/** An update of a frame that the receiver has. */
export interface VideoFrameUpdate {
  readonly kind: 'videoFrameUpdate';
  /** Only persistent ones are sent. */
  readonly frameAttributes: readonly Attribute[];
  /** Only persistent ones are sent. */
  readonly objectAttributes: readonly ObjectAttribute[];
  readonly objects: readonly ForeignObject[];
  /** What to do with an existing frame attribute. */
  readonly frameAttributePolicy: AttributeUpdatePolicy;
  /** What to do with an existing object attribute. */
  readonly objectAttributePolicy: AttributeUpdatePolicy;
  readonly objectPolicy: ObjectUpdatePolicy;
}

/** What an update does with an existing attribute. */
export type AttributeUpdatePolicy = 'replaceWithForeign' | 'keepOwn' | 'error';

/** What an update does with existing objects. */
export type ObjectUpdatePolicy = 'addForeignObjects' | 'errorIfLabelsCollide' | 'replaceSameLabelObjects';

/** An attribute for an object of the frame that is updated. */
export interface ObjectAttribute {
  readonly objectId: bigint;
  readonly attribute: Attribute;
}

/** An object for the frame that is updated. */
export interface ForeignObject {
  readonly object: VideoObject;
  /** The id of its parent, which is in the same update. */
  readonly parentId?: bigint | undefined;
}

/** An application's data about a source, besides frames. */
export interface UserData {
  readonly kind: 'userData';
  readonly sourceId: string;
  /** Only persistent ones are sent. */
  readonly attributes: readonly Attribute[];
}

/** A source has ended. */
export interface EndOfStream {
  readonly kind: 'endOfStream';
  readonly sourceId: string;
}

/** A payload of unknown kind, as a text. */
export interface Unknown {
  readonly kind: 'unknown';
  readonly message: string;
}

/** Asks a service to end. */
export interface Shutdown {
  readonly kind: 'shutdown';
  /** The password of the service. */
  readonly auth: string;
}

/** An object that was detected in a frame. */
export interface VideoObject {
  /** Its number within the frame. */
  readonly id: bigint;
  /** The `id` of another object of the same frame. */
  readonly parentId?: bigint | undefined;
  /** The creator, such as the name of a model. */
  readonly namespace: string;
  /** The class of the object. */
  readonly label: string;
  /** The label to show. */
  readonly drawLabel?: string | undefined;
  readonly detectionBox: BoundingBox;
  /** Hidden ones are not sent; a receiver keeps only persistent ones. */
  readonly attributes: readonly Attribute[];
  /** A float of 32 bits. */
  readonly confidence?: number | undefined;
  readonly trackBox?: BoundingBox | undefined;
  readonly trackId?: bigint | undefined;
}
