import type { Routes } from '@angular/router';
import { RadioPage } from './radio-page';

export const routes: Routes = [
  { path: '', component: RadioPage, title: 'Radio' },
  { path: 'band/:band', component: RadioPage, title: 'Radio' },
];
