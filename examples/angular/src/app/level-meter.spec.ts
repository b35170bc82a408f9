vi.setConfig({ testTimeout: 120_000 }); // a busy machine

import { provideZonelessChangeDetection } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { Subject } from 'rxjs';
import { type Frame, frame } from 'rxzmq';
import { provideRxzmqTesting } from 'rxzmq/angular';
import { LevelMeter } from './level-meter';

it('draws each frame, as wide as it is loud', async () => {
  const iq = new Subject<Frame>();
  TestBed.configureTestingModule({
    providers: [provideZonelessChangeDetection(), provideRxzmqTesting({ sources: { '/iq/vhf': iq } })],
  });
  const widths: number[] = [];
  const pen = { clearRect: () => undefined, fillRect: (_x: number, _y: number, width: number) => widths.push(width) };
  vi.spyOn(HTMLCanvasElement.prototype, 'getContext').mockReturnValue(pen as never);

  const fixture = TestBed.createComponent(LevelMeter);
  fixture.componentRef.setInput('path', '/iq/vhf');
  await fixture.whenStable();
  iq.next(frame(Float32Array.of(1, 0, 1, 0))); // 0 dB
  iq.next(frame(Float32Array.of(0.001, 0, 0.001, 0))); // -60 dB
  expect(widths.map(Math.round)).toEqual([600, 0]);

  fixture.destroy();
  expect(iq.observed).toBe(false);
});
