vi.setConfig({ testTimeout: 120_000 }); // a busy machine

// #region marbles
import { Component, inject, provideZonelessChangeDetection } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { toSignal } from '@angular/core/rxjs-interop';
import { map, scan } from 'rxjs';
import { TestScheduler } from 'rxjs/testing';
import { provideRxzmqTesting, Rxzmq } from 'rxzmq/angular';
import { frames } from 'rxzmq/testing';

@Component({ template: `{{ loudest() }}` })
class Loudest {
  readonly levels$ = inject(Rxzmq)
    .fromSub('/iq', { sampleType: 'cf32' })
    .pipe(
      map(({ samples }) => Math.max(...samples)),
      scan((most, level) => Math.max(most, level)),
    );
  readonly loudest = toSignal(this.levels$, { initialValue: 0 });
}

it('shows the loudest level so far', () => {
  const scheduler = new TestScheduler((actual, expected) => expect(actual).toEqual(expected));
  scheduler.run(({ cold, expectObservable, flush }) => {
    const iq = cold('-a-b-c', frames({ a: [0.25, 0], b: [0.75, 0], c: [0.5, 0] }));
    TestBed.configureTestingModule({
      providers: [provideZonelessChangeDetection(), provideRxzmqTesting({ sources: { '/iq': iq } })],
    });
    const fixture = TestBed.createComponent(Loudest);
    expectObservable(fixture.componentInstance.levels$).toBe('-a-b-c', { a: 0.25, b: 0.75, c: 0.75 });
    flush();
    fixture.detectChanges();
    expect(fixture.nativeElement.textContent).toBe('0.75');
  });
});
// #endregion marbles
