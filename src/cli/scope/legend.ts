import { steps, type Palette } from './colour.js';
import type { Scale } from './scale.js';
import type { Glyphs } from './text.js';

/** The legend of the waterfall's colours, `width` columns at most: the lowest level, a ramp, the highest. Empty: no room. */
export function drawLegend(
  scale: Scale,
  width: number,
  palette: Palette,
  glyphs: Glyphs,
): { text: string; columns: number } {
  const [low, high] = [`${Math.round(scale.bottom)} `, ` ${Math.round(scale.top)} dBFS`];
  const ramp = Math.min(16, width - low.length - high.length);
  if (ramp < 4) return { text: '', columns: 0 };
  let text = '';
  for (let i = 0; i < ramp; i++) {
    const level = i / (ramp - 1);
    const shade =
      palette.mode === 'none' ? glyphs.shades[Math.round(level * (glyphs.shades.length - 1))]! : glyphs.bars.at(-1)!;
    text += palette.foreground[Math.round(level * (steps - 1))]! + shade;
  }
  return { text: `${low}${text}${palette.reset}${high}`, columns: low.length + ramp + high.length };
}
