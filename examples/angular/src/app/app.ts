import { Component } from '@angular/core';
import { RouterLink, RouterOutlet } from '@angular/router';
import { ConnectionBadge } from './connection-badge';
import { SignIn } from './sign-in';

@Component({
  selector: 'app-root',
  imports: [ConnectionBadge, RouterLink, RouterOutlet, SignIn],
  template: `
    <header>
      <h1>Radio</h1>
      <nav><a routerLink="/">VHF</a> <a routerLink="/band/uhf">UHF</a></nav>
      <app-connection-badge />
      <app-sign-in />
    </header>
    <main><router-outlet /></main>
  `,
})
export class App {}
