import { OptionError } from '../../errors.js';
import { describe } from '../../basics/describe.js';
import { dom } from './dom.js';
import { RxScope } from './RxScope.js';

/**
 * Defines the element of a scope. The import of `rxzmq/scope` alone defines `<rx-scope>`; this defines it by another name, too.
 *
 * It does nothing where there are no custom elements, as on a server, and if the name is defined already.
 *
 * @param name with a hyphen, as all names of custom elements
 * @throws OptionError for a name that no element can have
 * @example
 * ```ts
 * defineScope('spectrum-view');
 * ```
 */
export function defineScope(name = 'rx-scope'): void {
  if (typeof name !== 'string' || !/^[a-z][a-z0-9._-]*-[a-z0-9._-]*$/.test(name)) {
    const message = `defineScope: name must be in lower case, with a hyphen, as 'rx-scope', got ${describe(name)}`;
    throw new OptionError('name', name, message);
  }
  const { customElements } = dom;
  if (customElements === undefined || customElements.get(name) !== undefined) return;
  customElements.define(name, class extends RxScope {}); // a class can have one name only
}
