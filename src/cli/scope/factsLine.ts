import { withPrefix } from '../../spectrum/text.js';
import { decimalsOf, frequencyUnit } from '../../spectrum/axis.js';
import { decibels, fit, type Glyphs } from './text.js';
import type { View } from './view.js';
import { windowFacts } from './windows.js';

/** What the figures line needs of the style of a picture. */
export interface FactsStyle {
  readonly columns: number;
  readonly glyphs: Glyphs;
}

/** How the spectrum was made, and what it reads: bins, window, RBW, averages, span, peak and marker. */
export function factsLine(view: View, { columns, glyphs }: FactsStyle): string {
  const { settings, source, peak, marker } = view;
  const { bins, zoom, averages, holds, paused } = settings;
  const rate = source?.sampleRate ?? 0;
  const window = windowFacts(settings.window);
  const pieces = [
    ...(paused ? ['PAUSED'] : []),
    ...(peak ? [`peak ${decibels(peak.level)} at ${placeOf(peak.at, view)}`] : []),
    ...(marker ? [`marker ${decibels(marker.level)} at ${placeOf(marker.at, view)}`] : []),
    ...(rate > 0 ? [`RBW ${withPrefix((window.noiseBins * rate) / bins, 'Hz', 3)}`] : []),
    `${bins} bins`,
    window.label,
    `avg ${averages}`,
    ...(rate > 0 ? [`span ${withPrefix(rate / zoom, 'Hz', 4)}`] : []),
    ...(holds ? ['hold'] : []),
  ];
  while (pieces.length > 1 && pieces.join(glyphs.divider).length + 1 > columns) pieces.pop();
  return fit(` ${pieces.join(glyphs.divider)}`, columns);
}

/** A place of the band: as a frequency, where the rate is known, otherwise in parts of the band. */
export function placeOf(at: number, { source, settings }: View): string {
  const rate = source?.sampleRate ?? 0;
  if (rate === 0) return `bin ${Math.round(at * settings.bins)}`;
  const frequency = source!.centerFreq + at * rate;
  const sign = source!.centerFreq === 0 && frequency > 0 ? '+' : '';
  return sign + withDigits(frequency, rate / settings.bins);
}

/** A frequency with as many digits as its step is worth. */
function withDigits(frequency: number, step: number): string {
  const [divisor, unit] = frequencyUnit(Math.abs(frequency));
  return `${(frequency / divisor).toFixed(Math.min(9, decimalsOf(step / divisor)))} ${unit}`;
}
