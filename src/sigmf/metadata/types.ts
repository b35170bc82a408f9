/** Fields of extensions: `namespace:name`. */
export type SigmfExtensionFields = Readonly<Record<`${string}:${string}`, unknown>>;

/** An extension that fields of a recording belong to. */
export interface SigmfExtension {
  /** Its namespace. */
  readonly name: string;
  readonly version: string;
  /** `false`: a program that does not support it should not read the recording. */
  readonly optional: boolean;
}

/** GeoJSON: longitude, latitude, and, if known, altitude in m above the WGS 84 ellipsoid. */
export interface SigmfGeolocation {
  readonly type: 'Point';
  readonly coordinates: readonly [number, number] | readonly [number, number, number];
}

/** Fields of a whole recording. */
export interface SigmfGlobal extends SigmfExtensionFields {
  readonly 'core:datatype': string;
  readonly 'core:version': string;
  /** Samples per second, in Hz. */
  readonly 'core:sample_rate'?: number;
  /** SHA-512 of the data file, 128 hexadecimal digits. */
  readonly 'core:sha512'?: string;
  /** The number of interleaved channels. Absent: 1. */
  readonly 'core:num_channels'?: number;
  /** The index of the first sample. Absent: 0. */
  readonly 'core:offset'?: number;
  readonly 'core:author'?: string;
  readonly 'core:description'?: string;
  readonly 'core:hw'?: string;
  readonly 'core:recorder'?: string;
  /** The URL of a license. */
  readonly 'core:license'?: string;
  readonly 'core:data_doi'?: string;
  readonly 'core:meta_doi'?: string;
  /** The base name of the collection it belongs to. */
  readonly 'core:collection'?: string;
  /** The data file, if it is not `NAME.sigmf-data`. */
  readonly 'core:dataset'?: string;
  /** The number of bytes at the end of such a file that are not samples. */
  readonly 'core:trailing_bytes'?: number;
  readonly 'core:metadata_only'?: boolean;
  readonly 'core:geolocation'?: SigmfGeolocation;
  readonly 'core:extensions'?: readonly SigmfExtension[];
}

/** Fields that apply from one sample up to the next capture. A capture inherits nothing from the one before. */
export interface SigmfCapture extends SigmfExtensionFields {
  readonly 'core:sample_start': number;
  /** Centre frequency, in Hz. */
  readonly 'core:frequency'?: number;
  /** UTC of its first sample: `2023-11-14T22:13:20.123456789Z`. */
  readonly 'core:datetime'?: string;
  /** The number of its first sample in the original stream. If it is ahead of `core:sample_start`, samples were lost. */
  readonly 'core:global_index'?: number;
  /** The number of bytes before it that are not samples. */
  readonly 'core:header_bytes'?: number;
  readonly 'core:geolocation'?: SigmfGeolocation;
}

/** A description of some samples. */
export interface SigmfAnnotation extends SigmfExtensionFields {
  readonly 'core:sample_start': number;
  /** Absent: up to the end of the capture. */
  readonly 'core:sample_count'?: number;
  /** In Hz; both edges, or neither. */
  readonly 'core:freq_lower_edge'?: number;
  readonly 'core:freq_upper_edge'?: number;
  /** A few words, of 20 characters at most. */
  readonly 'core:label'?: string;
  readonly 'core:comment'?: string;
  readonly 'core:generator'?: string;
  readonly 'core:uuid'?: string;
}

/** The content of a `.sigmf-meta` file. */
export interface SigmfMeta {
  readonly global: SigmfGlobal;
  readonly captures: readonly SigmfCapture[];
  readonly annotations: readonly SigmfAnnotation[];
}

/** A recording of a collection. */
export interface SigmfStream {
  /** The base name of the recording. */
  readonly name: string;
  /** SHA-512 of its `.sigmf-meta` file. */
  readonly hash: string;
}

/** The content of a `.sigmf-collection` file. */
export interface SigmfCollection {
  readonly collection: SigmfExtensionFields & {
    readonly 'core:version': string;
    readonly 'core:streams': readonly SigmfStream[];
  };
}
