// #region scope
import { Component, computed, CUSTOM_ELEMENTS_SCHEMA, inject, input } from '@angular/core';
import { Rxzmq } from 'rxzmq/angular';
import 'rxzmq/scope';

@Component({
  selector: 'app-spectrum',
  schemas: [CUSTOM_ELEMENTS_SCHEMA],
  template: `<rx-scope [frames]="frames()" theme="dark" />`,
})
export class Spectrum {
  readonly #zmq = inject(Rxzmq);
  readonly path = input.required<string>();
  protected readonly frames = computed(() => this.#zmq.fromSub(this.path(), { conflate: true }));
}
// #endregion scope
