/** How the program ends. */
export const exitCodes = {
  /** It did what it was asked to do, or was asked to stop. */
  ok: 0,
  /** Something failed, or nothing came. */
  failure: 1,
  /** The command line makes no sense. */
  usage: 2,
  /** It was stopped a second time, before it had sent or written everything. */
  forced: 130,
} as const;
