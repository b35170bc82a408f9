import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { expect, inject, it } from 'vitest';

// What an editor shows beside a call.

const dist = (): string => join(inject('consumer'), 'node_modules/rxzmq/dist');
const declarations = (): string[] => readdirSync(dist()).filter((name) => /\.d\.c?ts$/.test(name));

it('shows code where the sources name an example', () => {
  const texts = declarations().map((name) => readFileSync(join(dist(), name), 'utf8'));
  expect(texts.filter((text) => text.includes('{@includeCode'))).toEqual([]);
  expect(texts.join('').match(/^ \* ```ts$/gm)!.length).toBeGreaterThan(40);
});

it('shows a comment with each overload of a public function, a line for each parameter, and paragraphs', () => {
  const { exports } = JSON.parse(readFileSync(join(dist(), '../package.json'), 'utf8')) as { exports: object };
  const entries = Object.keys(exports)
    .map((name) => join(dist(), `${name === '.' ? 'index' : name.slice(2)}.d.ts`))
    .filter((path) => existsSync(path)); // those for import maps have the types of others
  expect(entries.length).toBeGreaterThan(9);
  const options = { module: ts.ModuleKind.NodeNext, moduleResolution: ts.ModuleResolutionKind.NodeNext, types: [] };
  const program = ts.createProgram(entries, options);
  const checker = program.getTypeChecker();
  const wrong: string[] = [];
  let count = 0;
  for (const entry of entries) {
    const module = checker.getSymbolAtLocation(program.getSourceFile(entry)!)!;
    for (const exported of checker.getExportsOfModule(module)) {
      const symbol = exported.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(exported) : exported;
      for (const overload of (symbol.declarations ?? []).filter(ts.isFunctionDeclaration)) {
        count += 1;
        const text = ts
          .getJSDocCommentsAndTags(overload)
          .map((part) => part.getText())
          .join('\n');
        const named = ts
          .getJSDocTags(overload)
          .filter(ts.isJSDocParameterTag)
          .map((tag) => tag.name.getText());
        const missing = overload.parameters
          .map(({ name }) => name.getText().replace(/^\[(\w+).*\]$/, '$1'))
          .filter((name) => !named.includes(name));
        if (text === '') wrong.push(`${symbol.name}: no comment`);
        for (const name of missing) wrong.push(`${symbol.name}: no @param ${name}`);
        if (/^ \* (?!\*\*Delivery|\*\*Ends|\*\*Example).*\*\*(Delivery|Ends|Example)\*\*/m.test(text))
          wrong.push(`${symbol.name}: no paragraphs`);
      }
    }
  }
  expect(count).toBeGreaterThan(100);
  expect([...new Set(wrong)]).toEqual([]);
});
