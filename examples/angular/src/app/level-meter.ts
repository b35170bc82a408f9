// #region draw
import { Component, type ElementRef, inject, input, viewChild } from '@angular/core';
import { toObservable } from '@angular/core/rxjs-interop';
import { switchMap } from 'rxjs';
import type { Frame } from 'rxzmq';
import { drawFrames, Rxzmq } from 'rxzmq/angular';

@Component({
  selector: 'app-level-meter',
  template: `<canvas #canvas width="600" height="40" role="img" aria-label="Level of the signal"></canvas>`,
})
export class LevelMeter {
  readonly path = input.required<string>();
  private readonly canvas = viewChild.required<ElementRef<HTMLCanvasElement>>('canvas');

  constructor() {
    const zmq = inject(Rxzmq);
    const frames$ = toObservable(this.path).pipe(
      switchMap((path) => zmq.fromSub(path, { sampleType: 'cf32', conflate: true })),
    );
    drawFrames(frames$, (frame) => this.#draw(frame));
  }

  #draw({ samples }: Frame<'cf32'>): void {
    const { width, height } = this.canvas().nativeElement;
    const pen = this.canvas().nativeElement.getContext('2d');
    const power = samples.reduce((sum, value) => sum + value * value, 0) / (samples.length / 2);
    const level = 1 + Math.max(-1, Math.log10(power + 1e-12) / 6); // -60 dB to 0 dB
    if (pen === null) return;
    pen.clearRect(0, 0, width, height);
    pen.fillStyle = '#3fb950';
    pen.fillRect(0, 0, level * width, height);
  }
}
// #endregion draw
