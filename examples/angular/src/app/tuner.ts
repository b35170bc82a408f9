// #region request
import { Component, inject, signal } from '@angular/core';
import { toObservable, toSignal } from '@angular/core/rxjs-interop';
import { filter } from 'rxjs';
import { json, latest } from 'rxzmq';
import { Rxzmq } from 'rxzmq/angular';

@Component({
  selector: 'app-tuner',
  template: `
    <label>
      Frequency
      <input #mhz type="range" min="88" max="108" step="0.1" value="98" (input)="wanted.set(mhz.valueAsNumber)" />
    </label>
    <span role="status">{{ answer() }}</span>
  `,
})
export class Tuner {
  protected readonly wanted = signal<number | undefined>(undefined);
  protected readonly answer = toSignal(
    toObservable(this.wanted).pipe(
      filter((mhz) => mhz !== undefined),
      latest(), // while an answer is under way, only the newest position waits
      inject(Rxzmq).request('/tune', {
        codec: json<number>(),
        project: (mhz) => `tuned to ${mhz.toFixed(1)} MHz`,
        onTimeout: (mhz) => `no answer for ${mhz.toFixed(1)} MHz`,
      }),
    ),
  );
}
// #endregion request
