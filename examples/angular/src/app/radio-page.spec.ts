vi.setConfig({ testTimeout: 120_000 }); // a busy machine

// #region spec
import { provideZonelessChangeDetection, signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { provideRouter } from '@angular/router';
import { Subject } from 'rxjs';
import { type Frame, frame } from 'rxzmq';
import { provideRxzmqTesting } from 'rxzmq/angular';
import { Auth } from './auth';
import { RadioPage } from './radio-page';

describe('RadioPage', () => {
  it('shows the newest frame, and lets go of the radio with the component', async () => {
    const iq = new Subject<Frame>();
    TestBed.configureTestingModule({
      providers: [
        provideZonelessChangeDetection(),
        provideRouter([]),
        provideRxzmqTesting({ sources: { '/iq/vhf': iq } }),
        { provide: Auth, useValue: { signedIn: signal(true) } },
      ],
    });
    const fixture = TestBed.createComponent(RadioPage);
    await fixture.whenStable();
    expect(fixture.nativeElement.textContent).toContain('Waiting for the radio');

    iq.next(frame(new Float32Array(8), { centerFreq: 98.1e6 }));
    await fixture.whenStable();
    expect(fixture.nativeElement.querySelector('output').textContent).toBe('98.100 MHz');

    fixture.destroy();
    expect(iq.observed).toBe(false);
  });
});
// #endregion spec

it('opens nothing while nobody is signed in', async () => {
  const iq = new Subject<Frame>();
  TestBed.configureTestingModule({
    providers: [
      provideZonelessChangeDetection(),
      provideRouter([]),
      provideRxzmqTesting({ sources: { '/iq/vhf': iq } }),
      { provide: Auth, useValue: { signedIn: signal(false) } },
    ],
  });
  const fixture = TestBed.createComponent(RadioPage);
  await fixture.whenStable();
  expect(fixture.nativeElement.textContent).toContain('Sign in to listen');
  expect(iq.observed).toBe(false);
});
