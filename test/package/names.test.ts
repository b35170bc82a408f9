import { join } from 'node:path';
import ts from 'typescript';
import { describe, expect, inject, it } from 'vitest';
import { run } from './run.js';

/** Exported names of a declaration file, each with its kind. */
function declared(file: string): string[] {
  const program = ts.createProgram([file], {
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    target: ts.ScriptTarget.ES2022,
    types: [],
  });
  const checker = program.getTypeChecker();
  const source = program.getSourceFile(file);
  const module = source && checker.getSymbolAtLocation(source);
  if (!module) throw new Error(`${file} is no module`);
  return checker
    .getExportsOfModule(module)
    .map((symbol) => {
      const { flags, name } = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
      const kind =
        flags & ts.SymbolFlags.Class
          ? 'class'
          : flags & ts.SymbolFlags.Function
            ? 'function'
            : flags & ts.SymbolFlags.Variable
              ? 'const'
              : flags & ts.SymbolFlags.Interface
                ? 'interface'
                : 'type';
      return `${kind} ${symbol.name === name ? name : `${symbol.name} (${name})`}`;
    })
    .sort();
}

const dist = (file: string) => join(inject('consumer'), 'node_modules/rxzmq/dist', file);
const keys = (program: string) =>
  run(inject('consumer'), ...program.split(' '))
    .output.trim()
    .split('\n');

const entries = [
  ['rxzmq', 'index', 'public-names.txt'],
  ['rxzmq/gateway', 'gateway', 'public-names.gateway.txt'],
  ['rxzmq/gnuradio', 'gnuradio', 'public-names.gnuradio.txt'],
  ['rxzmq/nats', 'nats', 'public-names.nats.txt'],
  ['rxzmq/savant', 'savant', 'public-names.savant.txt'],
  ['rxzmq/scope', 'scope', 'public-names.scope.txt'],
  ['rxzmq/sigmf', 'sigmf', 'public-names.sigmf.txt'],
  ['rxzmq/stage', 'stage', 'public-names.stage.txt'],
  ['rxzmq/testing', 'testing', 'public-names.testing.txt'],
  ['rxzmq/workers', 'workers', 'public-names.workers.txt'],
] as const;

describe('rxzmq/angular', () => {
  it('has the public names of public-names.angular.txt', async () => {
    await expect(`${declared(dist('angular.d.ts')).join('\n')}\n`).toMatchFileSnapshot('public-names.angular.txt');
  });

  it('has what is declared as a value, as a module alone', () => {
    const values = declared(dist('angular.d.ts'))
      .filter((line) => /^(function|const) /.test(line))
      .map((line) => line.split(' ')[1])
      .sort();

    expect(keys('names.mjs rxzmq/angular')).toEqual(values);
  });
});

describe.each(entries)('%s', (entry, build, list) => {
  it(`has the public names of ${list}`, async () => {
    await expect(`${declared(dist(`${build}.d.ts`)).join('\n')}\n`).toMatchFileSnapshot(list);
  });

  it('declares the same for ESM and CommonJS', () => {
    expect(declared(dist(`${build}.d.cts`))).toEqual(declared(dist(`${build}.d.ts`)));
  });

  it('has what is declared as a value, in both builds, and nothing else', () => {
    const values = declared(dist(`${build}.d.ts`))
      .filter((line) => /^(class|function|const) /.test(line))
      .map((line) => line.split(' ')[1])
      .sort();

    expect(keys(`names.mjs ${entry}`)).toEqual(values);
    expect(keys(`names.cjs ${entry}`)).toEqual(values);
  });
});
