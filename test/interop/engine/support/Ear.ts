import type { PatternType } from '../../../../src/driver/TypeOptions.js';
import { EngineEnd, type EndSettings } from '../../../engine/hostile/support/EngineEnd.js';
import { Inbox } from '../../harness/Inbox.js';

/** A socket of the engine, and what it heard: parts as text, a character a byte. */
export class Ear {
  readonly end: EngineEnd;
  readonly heard = new Inbox<readonly string[]>();

  constructor(type: PatternType, settings: EndSettings = {}, reply?: (parts: readonly Uint8Array[]) => void) {
    const hears = !['push', 'pub', 'radio', 'scatter'].includes(type);
    const hear = (parts: readonly Uint8Array[]): void => {
      this.heard.put(parts.map(textOf));
      reply?.(parts);
    };
    this.end = new EngineEnd(type, settings, hears ? hear : undefined);
  }

  get log(): EngineEnd['log'] {
    return this.end.log;
  }

  subscribe(topic: string): void {
    this.end.socket.subscribe(bytesOf(topic));
  }

  async send(...parts: readonly string[]): Promise<void> {
    await this.end.send(...parts.map(bytesOf));
  }

  connect(endpoint: string, routingId?: string): void {
    this.end.socket.connect(endpoint, routingId === undefined ? {} : { routingId: bytesOf(routingId) });
  }
}

export function textOf(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
}

export function bytesOf(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(text, 'latin1'));
}
