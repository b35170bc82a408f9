// Makes the values at the top of a built module pure in the eyes of bundlers, so that they leave out what a program does not use.
import ts from 'typescript';

const { SyntaxKind } = ts;

/**
 * Wraps each initial value that a bundler could not leave out, as it calls, creates, reads or spreads something: `var a = f()` becomes
 * `var a = (() => f())()`, with a mark that this call is pure. Statements that are no declarations stay as they are, and so do
 * patterns.
 *
 * @param {string} code of an ECMAScript module
 */
export function pure(code) {
  const source = ts.createSourceFile('module.js', code, ts.ScriptTarget.ESNext);
  /** @type {{ name: string, initializer: import('typescript').Expression }[]} */
  const found = [];
  for (const statement of source.statements) {
    if (!ts.isVariableStatement(statement)) continue;
    for (const { name, initializer } of statement.declarationList.declarations) {
      if (!initializer || !ts.isIdentifier(name) || !mayAct(initializer) || awaits(initializer)) continue;
      found.push({ name: name.text, initializer });
    }
  }
  let result = code;
  for (const { name, initializer } of found.reverse()) {
    const [start, end] = [initializer.getStart(source), initializer.end];
    const value = result.slice(start, end);
    const isNamed = ts.isClassExpression(initializer) && initializer.name === undefined;
    // a class has its name from its variable; in brackets, an object is no body, and no comma ends the value
    const body = isNamed ? `{ const ${name} = ${value}; return ${name}; }` : `(${value})`;
    result = `${result.slice(0, start)}/* @__PURE__ */ (() => ${body})()${result.slice(end)}`;
  }
  return result;
}

/**
 * Whether evaluating it runs code, as far as a bundler can tell.
 *
 * @param {import('typescript').Node} node
 * @returns {boolean}
 */
function mayAct(node) {
  if (ts.isFunctionLike(node)) return false;
  if (ts.isClassExpression(node)) return node.members.some(actsAtOnce);
  switch (node.kind) {
    case SyntaxKind.BinaryExpression:
    case SyntaxKind.CallExpression:
    case SyntaxKind.ElementAccessExpression:
    case SyntaxKind.NewExpression:
    case SyntaxKind.PropertyAccessExpression:
    case SyntaxKind.SpreadAssignment:
    case SyntaxKind.SpreadElement:
    case SyntaxKind.TaggedTemplateExpression:
    case SyntaxKind.TemplateExpression:
      return true;
    default:
      return ts.forEachChild(node, (child) => mayAct(child) || undefined) === true;
  }
}

/**
 * Whether it awaits something: it cannot stand in a function then.
 *
 * @param {import('typescript').Node} node
 * @returns {boolean}
 */
function awaits(node) {
  if (ts.isFunctionLike(node)) return false;
  return ts.isAwaitExpression(node) || ts.forEachChild(node, (child) => awaits(child) || undefined) === true;
}

/**
 * Whether a class runs code for a member when it is defined: for a name that is computed, a static value, a static block.
 *
 * @param {import('typescript').ClassElement} member
 */
function actsAtOnce(member) {
  if (ts.isClassStaticBlockDeclaration(member) || (member.name && ts.isComputedPropertyName(member.name))) return true;
  if (!ts.isPropertyDeclaration(member) || member.initializer === undefined) return false;
  const isStatic = member.modifiers?.some(({ kind }) => kind === SyntaxKind.StaticKeyword) === true;
  return isStatic && mayAct(member.initializer);
}
