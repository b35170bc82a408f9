// #region badge
import { Component } from '@angular/core';
import { connectionState } from 'rxzmq/angular';

@Component({
  selector: 'app-connection-badge',
  template: `<span role="status" [class]="connection()" [title]="connection.reason() ?? ''">{{ connection() }}</span>`,
  styles: `
    span {
      padding: 0.15rem 0.6rem;
      border-radius: 1rem;
      background: #30363d;
    }
    .connected {
      background: #1a7f37;
    }
    .connecting,
    .waiting {
      background: #9a6700;
    }
    .refused {
      background: #a40e26;
    }
  `,
})
export class ConnectionBadge {
  protected readonly connection = connectionState();
}
// #endregion badge
