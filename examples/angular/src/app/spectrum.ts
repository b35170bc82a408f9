// #region scope
import { Component, CUSTOM_ELEMENTS_SCHEMA, inject, input } from '@angular/core';
import { takeUntilDestroyed, toObservable } from '@angular/core/rxjs-interop';
import { switchMap } from 'rxjs';
import { Rxzmq } from 'rxzmq/angular';
import 'rxzmq/scope';

@Component({
  selector: 'app-spectrum',
  schemas: [CUSTOM_ELEMENTS_SCHEMA],
  template: `<rx-scope [frames]="frames$" theme="dark" />`,
})
export class Spectrum {
  readonly path = input.required<string>();
  readonly #zmq = inject(Rxzmq);
  protected readonly frames$ = toObservable(this.path).pipe(
    switchMap((path) => this.#zmq.fromSub(path, { conflate: true })),
    takeUntilDestroyed(),
  );
}
// #endregion scope
