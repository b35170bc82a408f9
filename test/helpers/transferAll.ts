/** All memory that can be reached from a value. */
export function memoryOf(value: unknown, found = new Set<ArrayBuffer>()): Set<ArrayBuffer> {
  if (ArrayBuffer.isView(value)) found.add(value.buffer as ArrayBuffer);
  else if (typeof value === 'object' && value !== null) for (const part of Object.values(value)) memoryOf(part, found);
  return found;
}

/**
 * Gives all memory of a value away, as `postMessage` to a worker does, each piece by itself. Gives how many pieces went: Node clones
 * those that cannot be transferred, or from 21 on refuses to.
 */
export function transferAll(value: unknown): number {
  let moved = 0;
  for (const memory of memoryOf(value)) {
    const { byteLength } = memory;
    try {
      structuredClone(memory, { transfer: [memory] });
    } catch (error) {
      if ((error as Error).name !== 'DataCloneError') throw error;
    }
    if (byteLength > 0 && memory.byteLength === 0) moved += 1;
  }
  return moved;
}
