import { pathToFileURL } from 'node:url';

/**
 * The module that enables a worker to load TypeScript, if this process can do that through tsx, which does not affect workers itself.
 *
 * @param execArgv the Node options of the worker
 */
export function typescriptLoader(execArgv: readonly string[]): string | undefined {
  const given = [...execArgv, ...(process.env['NODE_OPTIONS'] ?? '').split(/\s+/)];
  const loader = given.map(
    (text) => /^(?:--(?:import|loader)=)?(tsx|file:.*\/tsx\/dist\/loader\.mjs)$/.exec(text)?.[1],
  );
  const found = loader.find((text) => text !== undefined);
  if (found === undefined) return undefined;
  try {
    // not imported: bundlers would try to follow it
    const { createRequire } = process.getBuiltinModule('node:module');
    const require = createRequire(found === 'tsx' ? pathToFileURL(`${process.cwd()}/`) : found);
    const manifest = require.resolve('tsx/package.json');
    const { exports } = require(manifest) as { exports: Record<'./esm/api', { import: { default: string } }> };
    return new URL(exports['./esm/api'].import.default, pathToFileURL(manifest)).href;
  } catch {
    return undefined; // then Node reports what it cannot load
  }
}
