/** Node's limits for the memory of a worker, in MiB. */
export interface ResourceLimits {
  /** The heap for recent objects. */
  readonly maxYoungGenerationSizeMb?: number | undefined;
  /** The main heap. */
  readonly maxOldGenerationSizeMb?: number | undefined;
  /** The memory for generated code. */
  readonly codeRangeSizeMb?: number | undefined;
  /** The stack. @default 4 */
  readonly stackSizeMb?: number | undefined;
}

/** What a thread is started with. */
export interface ThreadSettings {
  /** The URL of the module with the stage. */
  readonly stage: string;
  readonly settings: unknown;
  readonly name: string;
  readonly resourceLimits: ResourceLimits | undefined;
  readonly execArgv: readonly string[] | undefined;
}
