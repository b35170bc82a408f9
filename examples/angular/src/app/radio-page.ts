// #region resource
import { DecimalPipe } from '@angular/common';
import { Component, computed, inject, input } from '@angular/core';
import { subResource } from 'rxzmq/angular';
import { Auth } from './auth';
import { LevelMeter } from './level-meter';
import { Spectrum } from './spectrum';
import { Tuner } from './tuner';

@Component({
  selector: 'app-radio-page',
  imports: [DecimalPipe, LevelMeter, Spectrum, Tuner],
  template: `
    @if (iq.hasValue()) {
      <p>
        <output>{{ iq.value().centerFreq / 1e6 | number: '1.3-3' }} MHz</output>, frame {{ iq.value().sequence }} of
        {{ iq.value().numSamples }} samples
      </p>
    } @else if (iq.error()) {
      <p class="error" role="alert">{{ iq.error()?.message }}</p>
    } @else {
      <p>{{ iq.isLoading() ? 'Waiting for the radio.' : 'Sign in to listen.' }}</p>
    }
    @if (endpoint(); as path) {
      <app-level-meter [path]="path" />
      <app-tuner />
      <app-spectrum [path]="path" />
    }
  `,
})
export class RadioPage {
  readonly #auth = inject(Auth);
  /** From the route, which gives none at first. */
  readonly band = input('vhf', { transform: (band?: string) => band ?? 'vhf' });
  protected readonly endpoint = computed(() => (this.#auth.signedIn() ? `/iq/${this.band()}` : undefined));
  protected readonly iq = subResource(this.endpoint, { sampleType: 'cf32' });
}
// #endregion resource
