import { expect, it } from 'vitest';
import { defaultSettings } from '../../src/scope/core/settings.js';
import type { Timing } from '../../src/scope/host/pageTiming.js';
import { ViewLoop } from '../../src/scope/host/ViewLoop.js';
import { ScopeView } from '../../src/scope/view/ScopeView.js';
import type { ScopeReadings } from '../../src/scope/view/ScopeReadings.js';
import { toneFrames } from '../spectrum/tones.js';
import { FakeSurface } from './FakeSurface.js';

class FakeTiming implements Timing {
  ms = 0;
  frames: ((nowMs: number) => void)[] = [];
  ticks: (() => void)[] = [];
  now = () => this.ms;
  frame(draw: (nowMs: number) => void) {
    this.frames.push(draw);
    return () => void (this.frames = this.frames.filter((one) => one !== draw));
  }
  every(_ms: number, tick: () => void) {
    this.ticks.push(tick);
    return () => void (this.ticks = this.ticks.filter((one) => one !== tick));
  }
  step(): void {
    this.ms += 16;
    for (const draw of this.frames.splice(0)) draw(this.ms);
  }
}

function open() {
  const [surface, timing, reports] = [new FakeSurface(), new FakeTiming(), [] as ScopeReadings[]];
  const loop = new ViewLoop(new ScopeView(surface, { ...defaultSettings, bins: 256 }), timing, (readings) =>
    reports.push(readings),
  );
  loop.resize(600, 400, 1);
  return { surface, timing, loop, reports, frames: toneFrames(0.1, 0.5, 50, 512) };
}

it('draws once a frame, and only if there is something new', () => {
  const { surface, timing, loop, frames } = open();
  loop.take(frames[0]!, 0);
  loop.take(frames[1]!, 0);
  expect(timing.frames).toHaveLength(1);
  timing.step();
  expect(surface.pictures).toBe(1);
  timing.step();
  expect(surface.pictures).toBe(1);
  expect(timing.frames).toEqual([]);
});

it('draws at once within a frame of the page, and not again after it', () => {
  const { surface, timing, loop, frames } = open();
  timing.step();
  const before = surface.pictures;
  loop.take(frames[0]!, 0);
  loop.drawNow();
  loop.drawNow();
  timing.step();
  expect(surface.pictures).toBe(before + 1);
});

it('asks for no frame while it cannot be seen, and draws when it can', () => {
  const { surface, timing, loop, frames } = open();
  timing.step();
  const before = surface.pictures;
  loop.appear(false);
  loop.take(frames[0]!, 0);
  loop.drawNow();
  for (const tick of timing.ticks) tick();
  expect(timing.frames).toEqual([]);
  expect(surface.pictures).toBe(before);
  loop.appear(true);
  timing.step();
  expect(surface.pictures).toBe(before + 1);
});

it('reports four times a second, and after each command', () => {
  const { timing, loop, reports, frames } = open();
  for (const one of frames) {
    loop.take(one, 0);
    timing.step();
  }
  expect(reports.length).toBeGreaterThanOrEqual(3);
  expect(reports.length).toBeLessThanOrEqual(5);
  const before = reports.length;
  loop.command('pause');
  timing.step();
  expect(reports).toHaveLength(before + 1);
  expect(reports.at(-1)!.isPaused).toBe(true);
});

it('does nothing once it is closed', () => {
  const { surface, timing, loop, frames } = open();
  timing.step();
  const before = surface.pictures;
  loop.close();
  loop.take(frames[0]!, 0);
  loop.drawNow();
  timing.step();
  expect(surface.pictures).toBe(before);
  expect([timing.frames, timing.ticks]).toEqual([[], []]);
});
