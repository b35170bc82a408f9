import type { Pen, Surface } from '../../src/scope/paint/Pen.js';

/** A canvas that remembers what is drawn: the texts that nothing was filled over, and the pixels that were put. */
export class FakeSurface implements Surface {
  #width = 300;
  height = 150;
  #placed: { readonly text: string; readonly x: number; readonly y: number }[] = [];
  pictures = 0;
  put: { words: Uint32Array; width: number; height: number } | undefined;

  get width(): number {
    return this.#width;
  }

  /** As of a real one, this empties it. */
  set width(width: number) {
    this.#width = width;
    this.#placed = [];
  }

  /** Texts in the order in which they were drawn. */
  get texts(): string[] {
    return this.#placed.map(({ text }) => text);
  }

  getContext(): Pen {
    const nothing = (): void => undefined;
    const pen: Record<string, unknown> = {
      fillStyle: '',
      strokeStyle: '',
      lineWidth: 1,
      lineJoin: '',
      font: '',
      textAlign: '',
      textBaseline: '',
      globalAlpha: 1,
      setTransform: () => void (this.pictures += 1),
      fillRect: (left: number, top: number, width: number, height: number) => {
        const isCovered = (x: number, y: number) => x >= left && x < left + width && y >= top && y < top + height;
        this.#placed = this.#placed.filter(({ x, y }) => !isCovered(x, y));
      },
      fillText: (text: string, x: number, y: number) => void this.#placed.push({ text, x, y }),
      measureText: (text: string) => ({ width: 6.5 * text.length }),
      createLinearGradient: () => ({ addColorStop: nothing }),
      createImageData: (width: number, height: number) => {
        if (width < 1 || height < 1) throw new Error('an image of no pixels');
        return { data: new Uint8ClampedArray(4 * width * height), width, height };
      },
      putImageData: (pixels: { data: Uint8ClampedArray; width: number; height: number }) => {
        this.put = { words: new Uint32Array(pixels.data.buffer), width: pixels.width, height: pixels.height };
      },
    };
    const others = 'save restore beginPath closePath moveTo lineTo rect clip fill stroke strokeRect setLineDash';
    for (const name of others.split(' ')) pen[name] = nothing;
    return pen as unknown as Pen;
  }
}
