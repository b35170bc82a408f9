/**
 * State that all copies of the package in a realm share: ESM beside CommonJS, or two versions. The first copy creates it.
 *
 * It is sealed: jest deletes the properties of globals when a test file ends, and sockets that close after that still need them.
 */
export function shared<T extends object>(name: string, initial: T): T {
  const globals = globalThis as Record<symbol, unknown>;
  return (globals[Symbol.for(`rxzmq.${name}`)] ??= Object.seal(initial)) as T;
}
