/**
 * State that all copies of the package in a realm have in common: ESM beside CommonJS, or two versions. The first one makes it.
 *
 * It is sealed: jest takes the properties of what it finds among the globals away when a test file ends, and sockets that close
 * after that still need them.
 */
export function shared<T extends object>(name: string, initial: T): T {
  const globals = globalThis as Record<symbol, unknown>;
  return (globals[Symbol.for(`rxzmq.${name}`)] ??= Object.seal(initial)) as T;
}
