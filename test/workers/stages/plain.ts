/** A function, but no stage. */
export default function plain(value: number): number {
  return value;
}

export const another = 1;
