import { UnsupportedError } from '../../errors.js';
import type { Pattern, PatternHost } from './Pattern.js';
import type { SocketType } from '../../driver/SocketSettings.js';
import type { TypeOptions } from '../../driver/TypeOptions.js';

/** The class of each socket type. A bundle that needs only some types has a table of those. */
export type PatternTable = {
  readonly [Type in SocketType]?: new (host: PatternHost, options: TypeOptions) => Pattern;
};

/** Creates the pattern of a socket type. */
export type CreatePattern = (type: SocketType, host: PatternHost, options: TypeOptions) => Pattern;

/**
 * Returns a function that creates the patterns of a table.
 *
 * @returns a function that throws UnsupportedError for types that are not in the table
 */
export function patternFactory(table: PatternTable): CreatePattern {
  return (type, host, options) => {
    const Class = table[type];
    if (Class === undefined) {
      throw new UnsupportedError(
        `${host.endpoint}: the ${type} type is not part of this build, which has ${known(table)}`,
      );
    }
    return new Class(host, options);
  };
}

function known(table: PatternTable): string {
  return Object.keys(table).join(', ');
}
