/** The pixels of a picture: four bytes each. */
export interface Pixels {
  readonly data: { readonly buffer: ArrayBufferLike };
  readonly width: number;
  readonly height: number;
}

/** The part of a 2D context that is used, of a canvas and of an `OffscreenCanvas`. */
export interface Pen {
  fillStyle: unknown;
  strokeStyle: unknown;
  lineWidth: number;
  lineJoin: string;
  font: string;
  textAlign: string;
  textBaseline: string;
  globalAlpha: number;
  save(): void;
  restore(): void;
  setTransform(a: number, b: number, c: number, d: number, e: number, f: number): void;
  beginPath(): void;
  closePath(): void;
  moveTo(x: number, y: number): void;
  lineTo(x: number, y: number): void;
  rect(x: number, y: number, width: number, height: number): void;
  clip(): void;
  fill(): void;
  stroke(): void;
  fillRect(x: number, y: number, width: number, height: number): void;
  strokeRect(x: number, y: number, width: number, height: number): void;
  fillText(text: string, x: number, y: number): void;
  measureText(text: string): { readonly width: number };
  setLineDash(lengths: number[]): void;
  createLinearGradient(
    x0: number,
    y0: number,
    x1: number,
    y1: number,
  ): { addColorStop(offset: number, color: string): void };
  createImageData(width: number, height: number): Pixels;
  putImageData(pixels: Pixels, x: number, y: number): void;
}

/** A canvas of either kind, as far as it is drawn on. */
export interface Surface {
  width: number;
  height: number;
  /** As that of `HTMLCanvasElement`. */
  getContext(kind: '2d', settings?: { alpha?: boolean }): unknown;
}
