import { joinImports, type Piece } from './Piece.js';

/**
 * The result of a function, with the code that calls it.
 *
 * @param name as the program calls it: `gnuradio.request` imports `gnuradio`
 */
export function call<T>(
  module: string,
  name: string,
  run: (...args: never[]) => T,
  args: readonly Piece[] = [],
): Piece<T> {
  const shown = [...args];
  while (shown.at(-1)?.text === '{}') shown.pop(); // no options
  const [imported = name] = name.split('.', 1);
  return {
    make: () => run(...(args.map(({ make }) => make()) as never[])),
    text: `${name}(${shown.map(({ text }) => text).join(', ')})`,
    imports: joinImports([...args.map(({ imports }) => imports), { [module]: [imported] }]),
  };
}
