import { fileError } from '../errors.js';
import { type WrittenWav, writeWavHeader } from '../wav/writeWavHeader.js';
import type { Track } from '../writing/Track.js';
import type { ByteTarget } from './ByteTarget.js';

interface IqTrackSettings {
  readonly of: string;
  readonly path: string;
  readonly target: ByteTarget;
  readonly bytesPerSample: number;
  /** `undefined`: no header. */
  readonly wav: WrittenWav | undefined;
}

/** One file of samples that is being written, with the header of WAV or none. */
export class IqTrack implements Track {
  readonly #settings: IqTrackSettings;
  #isOpen = false;
  bytesWritten = 0;

  constructor(settings: IqTrackSettings) {
    this.#settings = settings;
  }

  async open(): Promise<void> {
    const { target, wav } = this.#settings;
    await target.open();
    try {
      if (wav) await this.#guarded(() => target.write(writeWavHeader(wav, undefined), () => undefined));
    } catch (error) {
      await target.close().catch(() => undefined); // it is not open, so nobody else will; the first error says more
      throw error;
    }
    this.#isOpen = true;
  }

  write(bytes: Uint8Array): Promise<void> {
    const { target } = this.#settings;
    return this.#guarded(() => target.write(bytes, (count) => (this.bytesWritten += count)));
  }

  async close(): Promise<void> {
    const { target, wav } = this.#settings;
    if (!this.#isOpen) return;
    this.#isOpen = false;
    await this.#guarded(async () => {
      try {
        if (wav) await target.rewriteStart(writeWavHeader(wav, this.bytesWritten));
      } finally {
        await target.close();
      }
    });
  }

  async #guarded(write: () => Promise<void>): Promise<void> {
    try {
      await write();
    } catch (cause) {
      const { of, path, bytesPerSample } = this.#settings;
      const samples = Math.floor(this.bytesWritten / bytesPerSample);
      throw fileError(of, 'write', path, cause, { samples, path });
    }
  }
}
