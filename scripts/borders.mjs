// Which room of src/ may import which: the rule that lint has of it, and what the suite asks of all imports together.
import { builtinModules } from 'node:module';
import { posix, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

const src = fileURLToPath(new URL('../src/', import.meta.url));

/**
 * The room that a file of src/ stands in: it is one by itself, or its folder is.
 *
 * @param {Readonly<Record<string, string>>} rooms
 * @param {string} file from src/
 */
export function roomOf(rooms, file) {
  const name = file.replace(/\.[jt]s$/, '');
  return Object.hasOwn(rooms, name) ? name : posix.dirname(name);
}

/**
 * What a file imports, as the table of rooms says it: a room, or a package.
 *
 * @param {Readonly<Record<string, string>>} rooms
 * @param {string} file from src/
 * @param {string} specifier
 */
export function importedBy(rooms, file, specifier) {
  if (specifier === '#platform') return 'platform/node';
  if (specifier.startsWith('.')) return roomOf(rooms, posix.join(posix.dirname(file), specifier));
  if (specifier.startsWith('node:') || builtinModules.includes(specifier)) return 'node:';
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}

/** Lint's rule: each import is one that the table has. Its option is the table. */
export const borders = {
  meta: { type: 'problem', schema: [{ type: 'object', additionalProperties: { type: 'string' } }] },
  /** @param {import('eslint').Rule.RuleContext} context */
  create(context) {
    const [rooms] = context.options;
    const file = context.filename.slice(src.length).split(sep).join('/');
    const room = roomOf(rooms, file);
    const known = new Set([room, ...(rooms[room] ?? '').split(' ')]);
    /** @param {any} node */
    const check = (node) => {
      const source = node.source ?? node.argument?.literal ?? node.argument;
      if (typeof source?.value !== 'string') return;
      const imported = importedBy(rooms, file, source.value);
      if (known.has(imported)) return;
      const message = `${room} may not import ${imported}: eslint.config.js has the table of rooms.`;
      context.report({ node: source, message });
    };
    return {
      Program(node) {
        if (!Object.hasOwn(rooms, room)) {
          context.report({ node, message: `${room} is no room: eslint.config.js has the table of rooms.` });
        }
      },
      ImportDeclaration: check,
      ImportExpression: check,
      ExportNamedDeclaration: check,
      ExportAllDeclaration: check,
      TSImportType: check,
    };
  },
};
