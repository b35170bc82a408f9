/** A box by its centre and size; all are 32-bit floats. */
export interface BoundingBox {
  readonly xc: number;
  readonly yc: number;
  readonly width: number;
  readonly height: number;
  /** In degrees. */
  readonly angle?: number | undefined;
}

/** Named values of a frame, an object or a source. */
export interface Attribute {
  /** The creator, such as the name of a model. */
  readonly namespace: string;
  readonly name: string;
  readonly values: readonly AttributeValue[];
  /** A hint about the meaning of the values. */
  readonly hint?: string | undefined;
  /** `false`: for this process only. */
  readonly isPersistent: boolean;
  /** Not shown to users; a hidden attribute of an object is not sent. */
  readonly isHidden: boolean;
}

/** A value of an {@link Attribute}; `kind` says which it is. */
export type AttributeValue =
  | BytesValue
  | StringValue
  | StringVectorValue
  | IntegerValue
  | IntegerVectorValue
  | FloatValue
  | FloatVectorValue
  | BooleanValue
  | BooleanVectorValue
  | BoundingBoxValue
  | BoundingBoxVectorValue
  | PointValue
  | PointVectorValue
  | PolygonValue
  | PolygonVectorValue
  | IntersectionValue
  | NoneValue
  | TemporaryValue;

/** The common fields of all values of attributes. */
export interface Confident {
  /** How sure the sender is; a 32-bit float. */
  readonly confidence?: number | undefined;
}

/** Bytes, and the dimensions of their array. */
export interface BytesValue extends Confident {
  readonly kind: 'bytes';
  readonly dims: readonly bigint[];
  /** After decoding, a view of the message's bytes. */
  readonly data: Uint8Array;
}

/** A text. */
export interface StringValue extends Confident {
  readonly kind: 'string';
  readonly value: string;
}

/** Several texts. */
export interface StringVectorValue extends Confident {
  readonly kind: 'stringVector';
  readonly value: readonly string[];
}

/** An integer of 64 bits. */
export interface IntegerValue extends Confident {
  readonly kind: 'integer';
  readonly value: bigint;
}

/** Several integers of 64 bits. */
export interface IntegerVectorValue extends Confident {
  readonly kind: 'integerVector';
  readonly value: readonly bigint[];
}

/** A number. */
export interface FloatValue extends Confident {
  readonly kind: 'float';
  readonly value: number;
}

/** Several numbers. */
export interface FloatVectorValue extends Confident {
  readonly kind: 'floatVector';
  readonly value: readonly number[];
}

/** Yes or no. */
export interface BooleanValue extends Confident {
  readonly kind: 'boolean';
  readonly value: boolean;
}

/** Several yes or no. */
export interface BooleanVectorValue extends Confident {
  readonly kind: 'booleanVector';
  readonly value: readonly boolean[];
}

/** A box. */
export interface BoundingBoxValue extends Confident {
  readonly kind: 'boundingBox';
  readonly value: BoundingBox;
}

/** Several boxes. */
export interface BoundingBoxVectorValue extends Confident {
  readonly kind: 'boundingBoxVector';
  readonly value: readonly BoundingBox[];
}

/** A point. */
export interface PointValue extends Confident {
  readonly kind: 'point';
  readonly value: Point;
}

/** Several points. */
export interface PointVectorValue extends Confident {
  readonly kind: 'pointVector';
  readonly value: readonly Point[];
}

/** A polygon. */
export interface PolygonValue extends Confident {
  readonly kind: 'polygon';
  readonly value: Polygon;
}

/** Several polygons. */
export interface PolygonVectorValue extends Confident {
  readonly kind: 'polygonVector';
  readonly value: readonly Polygon[];
}

/** An intersection with a polygon. */
export interface IntersectionValue extends Confident {
  readonly kind: 'intersection';
  readonly value: Intersection;
}

/** No value. */
export interface NoneValue extends Confident {
  readonly kind: 'none';
}

/** A placeholder for a value that is not sent. */
export interface TemporaryValue extends Confident {
  readonly kind: 'temporary';
}

/** A point; both are 32-bit floats. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** A polygon, with or without a tag for each of its edges. */
export interface Polygon {
  readonly points: readonly Point[];
  /** As many as there are points; an edge without a tag has `undefined`. */
  readonly tags?: readonly (string | undefined)[] | undefined;
}

/** The kind of an intersection of a line with a polygon. */
export interface Intersection {
  readonly kind: IntersectionKind;
  readonly edges: readonly IntersectionEdge[];
}

/** An intersection with a polygon. */
export type IntersectionKind = 'enter' | 'inside' | 'leave' | 'cross' | 'outside';

/** An intersected edge. */
export interface IntersectionEdge {
  /** Its number. */
  readonly id: bigint;
  readonly tag?: string | undefined;
}
