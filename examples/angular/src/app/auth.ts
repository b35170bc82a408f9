import { computed, Injectable, signal } from '@angular/core';

/** Who is signed in: the server gives a token for a code, and the gateway accepts the token. */
@Injectable({ providedIn: 'root' })
export class Auth {
  readonly #token = signal<string | undefined>(undefined);
  readonly signedIn = computed(() => this.#token() !== undefined);

  /** For the gateway, at each connection. */
  token(): string {
    const token = this.#token();
    if (token === undefined) throw new Error('nobody is signed in');
    return token;
  }

  async signIn(code: string): Promise<boolean> {
    const answer = await fetch('/login', { method: 'POST', body: code });
    if (answer.ok) this.#token.set(await answer.text());
    return answer.ok;
  }

  signOut(): void {
    this.#token.set(undefined);
  }
}
