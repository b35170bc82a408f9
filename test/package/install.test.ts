import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { describe, expect, inject, it } from 'vitest';
import { run } from './run.js';

describe('the packed package, installed with the lowest supported peers', () => {
  it.each([
    ['as ESM', 'exchange.mjs'],
    ['as CommonJS', 'exchange.cjs'],
    ['as both in one process', 'both.mjs'],
  ])('moves a frame over tcp %s and lets the process end', (_, program) => {
    expect(run(inject('consumer'), program)).toEqual({ output: 'received cf32 1,2,3,4\n', status: 0 });
  });
});

describe('the packed package, installed without zeromq', () => {
  it('does not bring it along', () => {
    expect(existsSync(join(inject('bare'), 'node_modules/rxzmq'))).toBe(true);
    expect(existsSync(join(inject('bare'), 'node_modules/zeromq'))).toBe(false);
  });

  it.each([
    ['as ESM', 'exchange.mjs'],
    ['as CommonJS', 'exchange.cjs'],
    ['as both in one process', 'both.mjs'],
  ])('moves a frame over tcp %s and lets the process end', (_, program) => {
    expect(run(inject('bare'), program)).toEqual({ output: 'received cf32 1,2,3,4\n', status: 0 });
  });

  it.each(['engine.mjs', 'engine.cjs'])('does everything on the engine (%s)', (program) => {
    const each = ['push and pull', 'publish and subscribe', 'request and reply', 'requester'];
    const lines = ['tcp', 'ipc', 'inproc'].flatMap((transport) => each.map((what) => `${transport}: ${what}`));
    expect(run(inject('bare'), program)).toEqual({ output: `${[...lines, 'CURVE'].join('\n')}\n`, status: 0 });
  });

  it.each(['without.mjs', 'without.cjs'])(
    'says what is missing where the native driver is asked for (%s)',
    (program) => {
      const { output, status } = run(inject('bare'), program);
      const lines = output.trimEnd().split('\n');
      const asked = ['fromPull', 'fromSub', 'toPush', 'toPub', 'request', 'requester', 'reply', 'ws'];
      expect(lines.map((line) => line.split(': ')[0])).toEqual(asked);
      for (const line of lines) {
        expect(line).toMatch(
          /: NativeLoadError ERR_NATIVE_LOAD: \w+: the native driver of \S+ needs the package 'zeromq' \(npm install zeromq\): Cannot find /,
        );
      }
      expect(status).toBe(0);
    },
  );
});

const current = createRequire(import.meta.url).resolve('typescript/package.json');

/** A program of a page: it needs the types of the DOM, which the others here do without. */
const PAGE = `import type { Observable } from 'rxjs';
import type { Frame } from 'rxzmq';
import { Scope, type ScopeReading } from 'rxzmq/scope';

const scope = new Scope(document.createElement('canvas'), {
  worker: () => new Worker('/scopeWorker.js', { type: 'module' }),
  range: { bottom: -120, top: -20 },
});
export const show = (frames: Observable<Frame>) => scope.show(frames);
export const marker: ScopeReading | undefined = scope.readings?.marker;
`;

describe.each([
  ['the lowest supported', () => join(inject('consumer'), 'node_modules/typescript-lowest')],
  ['our own', () => dirname(current)],
  ['the newest', () => join(inject('consumer'), 'node_modules/typescript-newest')],
])('a strict program compiles with %s TypeScript', (label, folder) => {
  it.each([
    ['node16 as ESM', 'module', 'node16', 'node16'],
    ['node16 as CommonJS', 'commonjs', 'node16', 'node16'],
    ['bundler', 'module', 'esnext', 'bundler'],
  ])('%s', (kind, type, module, moduleResolution) => {
    // A folder of its own: package.json says which module system a .ts file belongs to.
    const project = join(inject('consumer'), `types-${label} ${kind}`.replaceAll(' ', '-'));
    const file = (name: string, text: string) => writeFileSync(join(project, name), text);
    mkdirSync(project);
    file('package.json', JSON.stringify({ type }));
    file('program.ts', readFileSync(join(inject('consumer'), 'program.ts'), 'utf8'));
    file('page.ts', PAGE);
    file(
      'tsconfig.json',
      JSON.stringify({
        compilerOptions: {
          module,
          moduleResolution,
          target: 'es2022',
          lib: ['es2022', 'dom'], // rxjs needs timers to be declared
          types: [], // neither Node's types nor skipLibCheck may be needed
          strict: true,
          exactOptionalPropertyTypes: true,
          noUncheckedIndexedAccess: true,
          noEmit: true,
        },
        files: ['program.ts', 'page.ts'],
      }),
    );
    const manifest = JSON.parse(readFileSync(join(folder(), 'package.json'), 'utf8')) as { bin: { tsc: string } };

    expect(run(project, join(folder(), manifest.bin.tsc), '-p', '.')).toEqual({ output: '', status: 0 });
  });
});
