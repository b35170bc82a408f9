import { checkOptions } from '../../options/rules.js';
import { requireOption } from '../../options/requireOption.js';
import { type Integer, isArray, isObject, isString, isUint64 } from './rules.js';
import type { Message, Payload } from '../schema/types.js';

/** The default release of messages. */
export const PROTOCOL_VERSION = '1.15.1';

/** The releases that readers accept by default: those that savant_rs 0.3.0 and 1.15.1 write, which the tests run against. */
export const KNOWN_VERSIONS: readonly string[] = ['0.2.0', PROTOCOL_VERSION];

/** The fields of a message besides its payload. */
export interface MessageOptions {
  /** The release; a reader of savant_rs 1.15.1 accepts only its own. @default '1.15.1' */
  readonly protocolVersion?: string | undefined;
  /** Labels of your choice, for routers between the peers. @default [] */
  readonly routingLabels?: readonly string[] | undefined;
  /** The OpenTelemetry context, such as `{ traceparent: '00-...' }`. @default {} */
  readonly propagatedContext?: Readonly<Record<string, string>> | undefined;
  /** A writer sets its own. @default 0n */
  readonly seqId?: Integer | undefined;
  /** A writer sets its own. @default '' */
  readonly systemId?: string | undefined;
}

const rules = {
  protocolVersion: isString,
  routingLabels: isArray,
  propagatedContext: isObject,
  seqId: isUint64,
  systemId: isString,
};

/**
 * Makes a message of its payload.
 *
 * @param payload what the message is about
 * @param options its other fields
 * @throws OptionError if an option is unknown, of a wrong type or out of range.
 * @example
 * ```ts
 * const hello = message(userData('cam-1'), { routingLabels: ['archive'] });
 * ```
 */
export function message(payload: Payload, options: MessageOptions = {}): Message {
  requireOption('message', 'payload', payload, isObject);
  checkOptions('message', options, rules);
  const { protocolVersion = PROTOCOL_VERSION, routingLabels = [], propagatedContext = {}, seqId = 0n } = options;
  const { systemId = '' } = options;
  return { protocolVersion, routingLabels, propagatedContext, seqId: BigInt(seqId), payload, systemId };
}
