// Recordings
export { fromSigmf, type SigmfFrameOptions, type SigmfItemsOptions, type SigmfSourceOptions } from './fromSigmf.js';
export { toSigmf, type ToSigmfOptions } from './toSigmf.js';
export { readSigmf, type ReadSigmfOptions, type SigmfRecording } from './readSigmf.js';
export { packSigmf, type PackSigmfOptions } from './packSigmf.js';
export type { AnnotateFrame } from './writing/annotations.js';
export type { DescribeCapture } from './writing/captureOf.js';
export type { Items, ItemsByType, ItemType } from './samples/Items.js';
export type { ReplayOptions } from './reading/ReplayOptions.js';
export type { SamplePosition } from './reading/Part.js';

// Metadata
export type {
  SigmfAnnotation,
  SigmfCapture,
  SigmfCollection,
  SigmfExtension,
  SigmfExtensionFields,
  SigmfGeolocation,
  SigmfGlobal,
  SigmfMeta,
  SigmfStream,
} from './metadata/types.js';

// Files without metadata
export { fromIqFile, type FromIqFileOptions } from './fromIqFile.js';
export { toIqFile, type ToIqFileOptions } from './toIqFile.js';
export type { IqFormat } from './iq/IqFormat.js';

// Receivers
export { fromRtlTcp, type FromRtlTcpOptions } from './fromRtlTcp.js';
export type { RtlTcpInfo, RtlTcpSettings } from './rtl/RtlTcpSettings.js';

// Errors
export { FileError, RecordingError, type FileOperation, type Kept } from './errors.js';
