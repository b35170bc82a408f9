import {
  type ApplicationConfig,
  inject,
  provideBrowserGlobalErrorListeners,
  provideZonelessChangeDetection,
} from '@angular/core';
import { provideClientHydration } from '@angular/platform-browser';
import { provideRouter, withComponentInputBinding } from '@angular/router';
import { provideRxzmq } from 'rxzmq/angular';
import { routes } from './app.routes';
import { Auth } from './auth';

// #region config
export const appConfig: ApplicationConfig = {
  providers: [
    provideBrowserGlobalErrorListeners(),
    provideZonelessChangeDetection(),
    provideClientHydration(),
    provideRouter(routes, withComponentInputBinding()),
    provideRxzmq({ token: () => inject(Auth).token() }),
  ],
};
// #endregion config
