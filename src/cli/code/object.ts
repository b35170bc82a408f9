import { joinImports, type Piece } from './Piece.js';

/** The fields of an object; those that are `undefined` are left out. */
export type Fields = Readonly<Record<string, Piece | undefined>>;

/**
 * An object of pieces.
 *
 * @param hidden further fields of the value, which the program does not need
 */
export function object(fields: Fields, hidden: Readonly<Record<string, unknown>> = {}): Piece<Record<string, unknown>> {
  const given = Object.entries(fields).filter((entry): entry is [string, Piece] => entry[1] !== undefined);
  const texts = given.map(([name, { text }]) => {
    const key = /^[A-Za-z_]\w*$/.test(name) ? name : `'${name}'`;
    return key === text ? key : `${key}: ${text}`;
  });
  return {
    make: () => ({ ...Object.fromEntries(given.map(([name, { make }]) => [name, make()])), ...hidden }),
    text: texts.length === 0 ? '{}' : `{ ${texts.join(', ')} }`,
    imports: joinImports(given.map(([, { imports }]) => imports)),
  };
}
