vi.setConfig({ testTimeout: 120_000 }); // a busy machine

import { provideZonelessChangeDetection } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { Subject } from 'rxjs';
import { provideRxzmqTesting } from 'rxzmq/angular';
import { Tuner } from './tuner';

function create(tune: (mhz: number) => unknown) {
  TestBed.configureTestingModule({
    providers: [provideZonelessChangeDetection(), provideRxzmqTesting({ replies: { '/tune': tune } })],
  });
  const fixture = TestBed.createComponent(Tuner);
  const slider: HTMLInputElement = fixture.nativeElement.querySelector('input');
  const move = async (mhz: number) => {
    slider.value = String(mhz);
    slider.dispatchEvent(new Event('input'));
    await fixture.whenStable();
  };
  const text = () => fixture.nativeElement.querySelector('[role=status]').textContent;
  return { fixture, move, text };
}

// #region replies
describe('Tuner', () => {
  it('asks for the frequency of the slider, and shows the answer', async () => {
    const { move, text } = create((mhz) => Math.min(mhz, 105));
    await move(107);
    expect(text()).toBe('tuned to 105.0 MHz');
  });

  it('asks for the newest position alone while an answer is under way', async () => {
    const asked: number[] = [];
    const answers = new Subject<number>();
    const { fixture, move, text } = create((mhz) => {
      asked.push(mhz);
      return answers;
    });
    for (const mhz of [90, 91, 92, 93]) await move(mhz);
    answers.next(90);
    answers.next(93);
    await fixture.whenStable();
    expect(asked).toEqual([90, 93]);
    expect(text()).toBe('tuned to 93.0 MHz');
  });
});
// #endregion replies
