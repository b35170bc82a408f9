import { Component, inject, signal } from '@angular/core';
import { Auth } from './auth';

@Component({
  selector: 'app-sign-in',
  template: `
    @if (auth.signedIn()) {
      <button type="button" (click)="auth.signOut()">Sign out</button>
    } @else {
      <form (submit)="signIn($event, code.value)">
        <input #code type="password" name="code" aria-label="Code" placeholder="Code" autocomplete="off" />
        <button type="submit">Sign in</button>
        @if (isWrong()) {
          <span class="error" role="alert">This code is wrong.</span>
        }
      </form>
    }
  `,
})
export class SignIn {
  protected readonly auth = inject(Auth);
  protected readonly isWrong = signal(false);

  protected async signIn(event: Event, code: string): Promise<void> {
    event.preventDefault();
    this.isWrong.set(!(await this.auth.signIn(code)));
  }
}
