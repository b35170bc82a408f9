export { offload, type OffloadArguments } from './offload.js';
export type { OffloadOptions, OffloadSettings } from './OffloadOptions.js';
export type { AnyStage, ResultOf, StageInput, StageModule, StageOutput, StageSettings, WorkOf } from './stageTypes.js';
export type { Stage, StageWork } from './stage/stage.js';
export type { ResourceLimits } from './threads/ThreadSettings.js';
export { CloneError, StageError, WorkerError } from './errors.js';
