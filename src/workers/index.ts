export { offload, type OffloadArguments } from './offload.js';
export type { OffloadOptions, OffloadSettings } from './OffloadOptions.js';
export type { AnyStage, StageInput, StageModule, StageOutput, StageSettings } from './stageTypes.js';
export type { Stage } from './stage/stage.js';
export { CloneError, StageError, WorkerError } from './errors.js';
