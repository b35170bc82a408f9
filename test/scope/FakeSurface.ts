import type { Pen, Surface } from '../../src/scope/paint/Pen.js';

/** A canvas that remembers what is drawn: the texts, and the pixels that were put. */
export class FakeSurface implements Surface {
  width = 300;
  height = 150;
  texts: string[] = [];
  pictures = 0;
  put: { words: Uint32Array; width: number; height: number } | undefined;

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
      setTransform: () => {
        this.texts = [];
        this.pictures += 1;
      },
      fillText: (text: string) => void this.texts.push(text),
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
    const others =
      'save restore beginPath closePath moveTo lineTo rect clip fill stroke fillRect strokeRect setLineDash';
    for (const name of others.split(' ')) pen[name] = nothing;
    return pen as unknown as Pen;
  }
}
