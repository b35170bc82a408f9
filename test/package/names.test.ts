import { join } from 'node:path';
import ts from 'typescript';
import { expect, inject, it } from 'vitest';
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

it('the public names are those in public-names.txt', async () => {
  await expect(`${declared(dist('index.d.ts')).join('\n')}\n`).toMatchFileSnapshot('public-names.txt');
});

it('the declarations for ESM and CommonJS say the same', () => {
  expect(declared(dist('index.d.cts'))).toEqual(declared(dist('index.d.ts')));
});

it('what is declared as a value is there, in both builds, and nothing else', () => {
  const values = declared(dist('index.d.ts'))
    .filter((line) => /^(class|function|const) /.test(line))
    .map((line) => line.split(' ')[1])
    .sort();

  expect(keys('names.mjs')).toEqual(values);
  expect(keys('names.cjs')).toEqual(values);
});
