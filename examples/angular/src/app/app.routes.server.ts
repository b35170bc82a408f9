import { RenderMode, type ServerRoute } from '@angular/ssr';

export const serverRoutes: ServerRoute[] = [
  { path: '', renderMode: RenderMode.Prerender }, // while it is built
  { path: '**', renderMode: RenderMode.Server }, // for each request
];
