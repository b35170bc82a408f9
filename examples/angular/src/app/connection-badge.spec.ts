vi.setConfig({ testTimeout: 120_000 }); // a busy machine

import { provideZonelessChangeDetection, signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { type ConnectionState, provideRxzmqTesting } from 'rxzmq/angular';
import { ConnectionBadge } from './connection-badge';

it('shows the state of the connections', async () => {
  const state = signal<ConnectionState>('waiting');
  TestBed.configureTestingModule({ providers: [provideZonelessChangeDetection(), provideRxzmqTesting({ state })] });
  const fixture = TestBed.createComponent(ConnectionBadge);
  const badge = () => fixture.nativeElement.querySelector('span');
  await fixture.whenStable();
  expect(badge().textContent).toBe('waiting');

  state.set('connected');
  await fixture.whenStable();
  expect([badge().textContent, badge().className]).toEqual(['connected', 'connected']);
});
