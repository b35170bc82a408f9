/** Bytes of a file. */
export interface Stretch {
  readonly path: string;
  readonly offset: number;
  readonly length: number;
}
