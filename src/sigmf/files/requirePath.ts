import { requireOption } from '../../options/requireOption.js';

/**
 * Checks the path that a function was called with.
 *
 * @throws OptionError
 */
export function requirePath(of: string, path: unknown): void {
  requireOption(of, 'path', path, (value) =>
    typeof value === 'string' && value !== '' && !value.includes('\0') ? undefined : 'a text, the path of a file',
  );
}
