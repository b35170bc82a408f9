import type { MonoTypeOperatorFunction } from 'rxjs';
import { operate } from '../../rx/operate.js';

/** Whether a view takes values now: it can be seen, and has done its work. */
export class Readiness {
  #isVisible = true;
  #hasRoom = true;
  readonly #waiting = new Set<() => void>();

  get isReady(): boolean {
    return this.#isVisible && this.#hasRoom;
  }

  get isVisible(): boolean {
    return this.#isVisible;
  }

  appear(isVisible: boolean): void {
    this.#isVisible = isVisible;
    this.#tell();
  }

  room(hasRoom: boolean): void {
    this.#hasRoom = hasRoom;
    this.#tell();
  }

  /** Passes values on, and holds back the source while the view is not ready. */
  hold<T>(): MonoTypeOperatorFunction<T> {
    return operate<T, T>((out, gate) => {
      const pass = (): void => gate.pass();
      this.#waiting.add(pass);
      return {
        next: (value, governed) => out.next(value, governed),
        complete: () => out.complete(),
        hasRoom: () => this.isReady,
        finalize: () => void this.#waiting.delete(pass),
      };
    });
  }

  #tell(): void {
    if (!this.isReady) return;
    for (const pass of [...this.#waiting]) pass();
  }
}
