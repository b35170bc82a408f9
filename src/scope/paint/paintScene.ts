import { paintAges, paintAxis } from './paintAxis.js';
import { paintHelp } from './paintHelp.js';
import { paintInfo, paintReason } from './paintInfo.js';
import { paintMarkers } from './paintMarkers.js';
import { paintSpectrum } from './paintSpectrum.js';
import type { Scene } from './Scene.js';
import type { Waterfall } from './Waterfall.js';

/** Draws a whole picture. */
export function paintScene(scene: Scene, waterfall: Waterfall): void {
  const { pen, ratio, layout, theme } = scene;
  pen.setTransform(ratio, 0, 0, ratio, 0, 0);
  pen.fillStyle = theme.background;
  pen.fillRect(0, 0, layout.width, layout.height);
  paintSpectrum(scene);
  paintAxis(scene);
  waterfall.draw(scene);
  paintAges(scene);
  paintMarkers(scene);
  paintInfo(scene);
  paintReason(scene);
  if (scene.hasHelp) paintHelp(scene);
}
