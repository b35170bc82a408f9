/** A rectangle in CSS pixels. */
export interface Rect {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Where the parts of a picture are. */
export interface Layout {
  readonly width: number;
  readonly height: number;
  /** Labels stand in the picture instead of beside it. */
  readonly isNarrow: boolean;
  readonly info: Rect;
  /** The spectrum. */
  readonly plot: Rect;
  /** The labels of frequencies, between spectrum and waterfall. */
  readonly axis: Rect;
  readonly waterfall: Rect;
}

const NARROW = 600;
const SPECTRUM_SHARE = 0.42;

/** Lays a picture out; `undefined`: it is too small for one. */
export function layoutOf(width: number, height: number): Layout | undefined {
  if (!(width >= 40 && height >= 40)) return undefined;
  const isNarrow = width < NARROW;
  const infoHeight = height < 160 ? 0 : isNarrow ? 44 : 28;
  const axisHeight = 20;
  const left = isNarrow ? 0 : 48;
  const right = isNarrow ? 0 : 10;
  const bottom = isNarrow ? 0 : 8;
  const inner = width - left - right;
  const rest = height - infoHeight - axisHeight - bottom;
  const spectrum = Math.round(rest * SPECTRUM_SHARE);
  return {
    width,
    height,
    isNarrow,
    info: { x: 0, y: 0, width, height: infoHeight },
    plot: { x: left, y: infoHeight, width: inner, height: spectrum },
    axis: { x: left, y: infoHeight + spectrum, width: inner, height: axisHeight },
    waterfall: { x: left, y: infoHeight + spectrum + axisHeight, width: inner, height: rest - spectrum },
  };
}

/** Whether a place is in a rectangle. */
export function isIn({ x, y, width, height }: Rect, atX: number, atY: number): boolean {
  return atX >= x && atX < x + width && atY >= y && atY < y + height;
}
