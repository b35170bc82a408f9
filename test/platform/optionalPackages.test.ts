import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { expect, it } from 'vitest';

const root = fileURLToPath(new URL('../../', import.meta.url));
const optional = ['zeromq', 'ws', 'tar', '@nats-io/transport-node', '@nats-io/jetstream', '@nats-io/nats-core'];

it.each(['index', 'gateway/index', 'sigmf/index', 'savant/index'])(
  'a service that has no optional package can be bundled: %s',
  async (entry) => {
    const { errors, outputFiles } = await build({
      entryPoints: [`src/${entry}.ts`],
      absWorkingDir: root,
      alias: {
        '#platform': `${root}src/platform/node.ts`,
        ...Object.fromEntries(optional.map((name) => [name, `${name}-is-not-installed`])),
      },
      tsconfigRaw: {},
      bundle: true,
      write: false,
      format: 'esm',
      platform: 'node',
      target: 'node20',
      external: ['rxjs'],
      logLevel: 'silent',
    });
    expect(errors).toEqual([]);
    expect(outputFiles[0]!.text.length).toBeGreaterThan(1000);
  },
);
