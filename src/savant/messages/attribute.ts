import { checkOptions, isBoolean } from '../../options/rules.js';
import { requireOption } from '../../options/requireOption.js';
import { isArray, isString } from './rules.js';
import type { Attribute, AttributeValue } from '../schema/attributes.js';

/** The input of {@link attribute}. */
export interface AttributeOptions {
  /** The creator of the values, such as the name of a model. */
  readonly namespace: string;
  readonly name: string;
  /** @default [] */
  readonly values?: readonly AttributeValue[] | undefined;
  /** A hint about the meaning of the values. @default none */
  readonly hint?: string | undefined;
  /** `false`: for this process only. @default true */
  readonly isPersistent?: boolean | undefined;
  /** Not shown to users; a hidden attribute of an object is not sent. @default false */
  readonly isHidden?: boolean | undefined;
}

const rules = {
  namespace: isString,
  name: isString,
  values: isArray,
  hint: isString,
  isPersistent: isBoolean,
  isHidden: isBoolean,
};

/**
 * Makes an attribute of a frame, an object or a source.
 *
 * @param options namespace, name and values
 * @throws OptionError if an option is unknown, missing or of a wrong type.
 * @example
 * ```ts
 * const colour = attribute({ namespace: 'paint', name: 'colour', values: [{ kind: 'string', value: 'red', confidence: 0.5 }] });
 * ```
 */
export function attribute(options: AttributeOptions): Attribute {
  checkOptions('attribute', options, rules);
  requireOption('attribute', 'namespace', options.namespace, isString);
  requireOption('attribute', 'name', options.name, isString);
  const { namespace, name, values = [], hint, isPersistent = true, isHidden = false } = options;
  return { namespace, name, values, hint, isPersistent, isHidden };
}
