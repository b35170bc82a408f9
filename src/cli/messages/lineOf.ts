import type { Frame } from '../../index.js';
import { asJson } from './asJson.js';
import { frameFacts, frameLine } from './frameLine.js';

/** How messages are written. */
export interface LineSettings {
  readonly json: boolean;
  /** Whether each value has a topic beside it. */
  readonly isTopical: boolean;
  /** Whether the line goes to a terminal: control characters of a peer must not. */
  readonly isTerminal: boolean;
}

const SHOWN_BYTES = 16;

/** Any received value in one line. */
export function lineOf(value: unknown, { json, isTopical, isTerminal }: LineSettings): string {
  if (json) return asJson(isTopical ? topicalFacts(value) : factsOf(value));
  const line = isTopical ? topicalLine(value) : plainLine(value);
  return isTerminal ? harmless(line) : line.replaceAll(/\r?\n|\r/g, '\\n');
}

/** A line without what would move the cursor or colour the screen. */
function harmless(line: string): string {
  return line.replaceAll(/[\0-\x1f\x7f-\x9f]/g, (character) => {
    if (character === '\n') return '\\n';
    return character === '\t' ? ' ' : `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`;
  });
}

function factsOf(value: unknown): unknown {
  if (isFrame(value)) return frameFacts(value);
  if (typeof value === 'string') return { text: value };
  return isParts(value) ? { parts: value } : value;
}

function topicalFacts(value: unknown): unknown {
  const { topic, value: own } = value as { readonly topic: string; readonly value: unknown };
  return { topic, value: isFrame(own) ? frameFacts(own) : own };
}

function plainLine(value: unknown): string {
  if (isFrame(value)) return frameLine(value);
  if (typeof value === 'string') return value;
  if (isParts(value)) return value.map(bytesLine).join(' | ');
  return isItems(value) ? itemsLine(value) : asJson(value);
}

function topicalLine(value: unknown): string {
  const { topic, value: own } = value as { readonly topic: string; readonly value: unknown };
  return `${topic} ${plainLine(own)}`;
}

function bytesLine(part: Uint8Array): string {
  const hex = Buffer.from(part.subarray(0, SHOWN_BYTES)).toString('hex');
  return `${part.length} B ${hex}${part.length > SHOWN_BYTES ? '...' : ''}`;
}

interface ItemsValue {
  readonly items: { readonly length: number };
  readonly itemType: string;
  readonly numItems: number;
  readonly sequence?: number;
}

function itemsLine({ items, itemType, numItems, sequence = 0 }: ItemsValue): string {
  const each = numItems > 0 && items.length !== numItems ? ` of ${items.length / numItems}` : '';
  return `#${sequence}  ${numItems} ${itemType}${each}`;
}

export function isFrame(value: unknown): value is Frame {
  return typeof value === 'object' && value !== null && 'sampleType' in value && 'samples' in value;
}

function isItems(value: unknown): value is ItemsValue {
  return typeof value === 'object' && value !== null && 'items' in value && 'itemType' in value;
}

function isParts(value: unknown): value is readonly Uint8Array[] {
  return Array.isArray(value) && value.length > 0 && value.every((part) => part instanceof Uint8Array);
}
