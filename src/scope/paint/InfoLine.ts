import { paintInfo } from './paintInfo.js';
import type { Scene } from './Scene.js';

/** The line of figures. It changes about once a second, and has most of the texts: it stands until it changes. */
export class InfoLine {
  #before: Scene | undefined;

  draw(scene: Scene): void {
    const before = this.#before;
    this.#before = scene;
    if (before === undefined || isCrossed(before) || isCrossed(scene) || !isSame(before, scene)) paintInfo(scene);
  }
}

/** Whether something else reaches into the line: the keys, a long reason in a low picture, the number of a peak. */
function isCrossed({ hasHelp, state, band, peaks }: Scene): boolean {
  return hasHelp || state.reason !== undefined || band === undefined || peaks.length > 0;
}

/** A canvas that has been resized is empty, and has another layout; one that has lost its picture has other figures soon. */
function isSame(a: Scene, b: Scene): boolean {
  return (
    a.layout === b.layout &&
    a.ratio === b.ratio &&
    a.theme === b.theme &&
    a.figures === b.figures &&
    a.average === b.average &&
    a.state.kind === b.state.kind &&
    a.state.text === b.state.text
  );
}
