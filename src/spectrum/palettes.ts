/** The name of a colour map: all run evenly from dark to bright, so that colour-blind eyes read them, and prints without colour. */
export type PaletteName = 'viridis' | 'inferno' | 'cividis' | 'grey';

export type Colour = readonly [red: number, green: number, blue: number];

/** Colours at even distances, from weak to strong. They begin darker than the maps of these names: noise is not news. */
const STOPS: Readonly<Record<PaletteName, readonly Colour[]>> = {
  viridis: [
    [13, 8, 34],
    [50, 15, 82],
    [70, 40, 116],
    [62, 74, 137],
    [49, 104, 142],
    [38, 130, 142],
    [31, 158, 137],
    [53, 183, 121],
    [109, 205, 89],
    [180, 222, 44],
    [253, 231, 37],
  ],
  inferno: [
    [0, 0, 4],
    [22, 11, 57],
    [66, 10, 104],
    [106, 23, 110],
    [147, 38, 103],
    [188, 55, 84],
    [221, 81, 58],
    [243, 120, 25],
    [252, 165, 10],
    [246, 215, 70],
    [252, 255, 164],
  ],
  cividis: [
    [0, 20, 48],
    [8, 45, 100],
    [53, 69, 108],
    [79, 87, 108],
    [102, 105, 112],
    [125, 124, 120],
    [148, 142, 119],
    [174, 163, 113],
    [200, 184, 102],
    [229, 207, 82],
    [254, 232, 56],
  ],
  grey: [
    [8, 8, 8],
    [255, 255, 255],
  ],
};

/** The names of all colour maps. */
export const PALETTE_NAMES = /* @__PURE__ */ Object.keys(STOPS) as readonly PaletteName[];

/** The colour of a level from 0 to 1. */
export function colourAt(name: PaletteName, level: number): Colour {
  return colourBetween(STOPS[name], level);
}

/** The colour of a level from 0 to 1 between colours at even distances. */
export function colourBetween(stops: readonly Colour[], level: number): Colour {
  const at = Math.max(0, Math.min(1, level)) * (stops.length - 1);
  const below = Math.min(Math.floor(at), stops.length - 2);
  const mix = (channel: 0 | 1 | 2): number => {
    const [low, high] = [stops[below]![channel], stops[below + 1]![channel]];
    return Math.round(low + (high - low) * (at - below));
  };
  return [mix(0), mix(1), mix(2)];
}

/** 256 colours of a map as pixels of a canvas: four bytes each, red first, opaque. */
export function palettePixels(name: PaletteName): Uint32Array {
  const bytes = new Uint8Array(4 * 256);
  for (let i = 0; i < 256; i += 1) bytes.set([...colourAt(name, i / 255), 255], 4 * i);
  return new Uint32Array(bytes.buffer);
}
