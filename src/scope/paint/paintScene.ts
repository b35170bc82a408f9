import type { InfoLine } from './InfoLine.js';
import { paintAges, paintAxis } from './paintAxis.js';
import { paintHelp } from './paintHelp.js';
import { paintReason } from './paintInfo.js';
import { paintMarkers } from './paintMarkers.js';
import { paintSpectrum } from './paintSpectrum.js';
import type { Scene } from './Scene.js';
import type { Waterfall } from './Waterfall.js';

/** Draws a whole picture, but for a line of figures that still stands there from the one before. */
export function paintScene(scene: Scene, waterfall: Waterfall, infoLine: InfoLine): void {
  const { pen, ratio, layout, theme } = scene;
  // the line of figures has its own background; a row of pixels that it shares is of what is below
  const top = Math.floor(layout.info.height * ratio) / ratio;
  pen.setTransform(ratio, 0, 0, ratio, 0, 0);
  pen.fillStyle = theme.background;
  pen.fillRect(0, top, layout.width, layout.height - top);
  paintSpectrum(scene);
  paintAxis(scene);
  waterfall.draw(scene);
  paintAges(scene);
  paintMarkers(scene);
  infoLine.draw(scene);
  paintReason(scene);
  if (scene.hasHelp) paintHelp(scene);
}
