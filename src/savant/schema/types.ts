import type { Attribute, BoundingBox } from './attributes.js';

/**
 * What one savant peer tells another. A plain object: `{ ...message, routingLabels }` works.
 *
 * Whatever has 64 bits on the wire is a bigint. A field whose type allows `undefined` may be left out, and is then not
 * on the wire.
 */
export interface Message {
  /** The release of the sender's library. A savant reader takes only its own. */
  readonly protocolVersion: string;
  /** Free labels for routers between the peers. */
  readonly routingLabels: readonly string[];
  /** The OpenTelemetry context that the message belongs to, such as `traceparent`. */
  readonly propagatedContext: Readonly<Record<string, string>>;
  /** Counts the messages of a source, from 1. A writer sets it; 0 before that. */
  readonly seqId: bigint;
  /** Names the writer that sent it. A writer sets it; empty before that. */
  readonly systemId: string;
  /** What it says, told apart by `kind`. */
  readonly payload: Payload;
}

/** What a {@link Message} can say. */
export type Payload = VideoFrame | VideoFrameBatch | VideoFrameUpdate | UserData | EndOfStream | Unknown | Shutdown;

/** The words that tell a {@link Payload} apart. */
export type PayloadKind = Payload['kind'];

/** A frame of video with what was found in it. */
export interface VideoFrame {
  readonly kind: 'videoFrame';
  /** The `seqId` of the frame before. */
  readonly previousFrameSeqId?: bigint | undefined;
  /** Which stream it is of. */
  readonly sourceId: string;
  /** A UUID. */
  readonly uuid: string;
  /** When it was made, as UNIX time in ns, of 128 bits. */
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
  /** When to show it, in units of the time base. */
  readonly pts: bigint;
  /** When to decode it, in units of the time base. */
  readonly dts?: bigint | undefined;
  /** In units of the time base. */
  readonly duration?: bigint | undefined;
  /** Where the picture is. */
  readonly content: FrameContent;
  /** What was done to the picture's geometry, in this order. */
  readonly transformations: readonly Transformation[];
  /** Only persistent ones are sent. */
  readonly attributes: readonly Attribute[];
  readonly objects: readonly VideoObject[];
  /** The UUID of the keyframe before. */
  readonly previousKeyframe?: string | undefined;
}

/** Whether a stream is passed on as it came or was encoded anew. */
export type TranscodingMethod = 'copy' | 'encoded';

/** Where the picture of a {@link VideoFrame} is. */
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
  /** How to get at it. */
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

/** The size that the frame came with. */
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

/** So many pixels were added on each side. */
export interface Padding {
  readonly kind: 'padding';
  readonly left: bigint;
  readonly top: bigint;
  readonly right: bigint;
  readonly bottom: bigint;
}

/** The size that the frame has in the end. */
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

/** Changes to a frame that the receiver has. */
export interface VideoFrameUpdate {
  readonly kind: 'videoFrameUpdate';
  /** Only persistent ones are sent. */
  readonly frameAttributes: readonly Attribute[];
  /** Only persistent ones are sent. */
  readonly objectAttributes: readonly ObjectAttribute[];
  readonly objects: readonly ForeignObject[];
  /** What to do with a frame attribute that is there. */
  readonly frameAttributePolicy: AttributeUpdatePolicy;
  /** What to do with an object attribute that is there. */
  readonly objectAttributePolicy: AttributeUpdatePolicy;
  readonly objectPolicy: ObjectUpdatePolicy;
}

/** What an update does with an attribute that is there. */
export type AttributeUpdatePolicy = 'replaceWithForeign' | 'keepOwn' | 'error';

/** What an update does with objects that are there. */
export type ObjectUpdatePolicy = 'addForeignObjects' | 'errorIfLabelsCollide' | 'replaceSameLabelObjects';

/** An attribute for an object of the frame that is updated. */
export interface ObjectAttribute {
  readonly objectId: bigint;
  readonly attribute: Attribute;
}

/** An object for the frame that is updated. */
export interface ForeignObject {
  readonly object: VideoObject;
  /** The id of its parent, which is of the same update. */
  readonly parentId?: bigint | undefined;
}

/** What an application has to say about a source besides frames. */
export interface UserData {
  readonly kind: 'userData';
  readonly sourceId: string;
  /** Only persistent ones are sent. */
  readonly attributes: readonly Attribute[];
}

/** A source has come to its end. */
export interface EndOfStream {
  readonly kind: 'endOfStream';
  readonly sourceId: string;
}

/** A text that stands for what could not be said. */
export interface Unknown {
  readonly kind: 'unknown';
  readonly message: string;
}

/** Asks a service to end. */
export interface Shutdown {
  readonly kind: 'shutdown';
  /** The word that makes the service believe it. */
  readonly auth: string;
}

/** Something that was found in a frame. */
export interface VideoObject {
  /** Its number within the frame. */
  readonly id: bigint;
  /** The `id` of another object of the same frame. */
  readonly parentId?: bigint | undefined;
  /** Who found it, such as the name of a model. */
  readonly namespace: string;
  /** What it is. */
  readonly label: string;
  /** What to write beside it. */
  readonly drawLabel?: string | undefined;
  readonly detectionBox: BoundingBox;
  /** Hidden ones are not sent; a receiver keeps only persistent ones. */
  readonly attributes: readonly Attribute[];
  /** A float of 32 bits. */
  readonly confidence?: number | undefined;
  readonly trackBox?: BoundingBox | undefined;
  readonly trackId?: bigint | undefined;
}
