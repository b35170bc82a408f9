import {
  createEnvironmentInjector,
  type EnvironmentInjector,
  type EnvironmentProviders,
  Injector,
  PLATFORM_ID,
  type Provider,
  ɵINJECTOR_SCOPE as INJECTOR_SCOPE,
} from '@angular/core';
import { onTestFinished } from 'vitest';

/** The injector of an application without a page. It is destroyed with the test. */
export function application(...providers: (Provider | EnvironmentProviders)[]): EnvironmentInjector {
  const root = [
    { provide: INJECTOR_SCOPE, useValue: 'root' },
    { provide: PLATFORM_ID, useValue: 'browser' },
  ];
  const injector = createEnvironmentInjector([...root, ...providers], Injector.NULL as EnvironmentInjector);
  onTestFinished(() => {
    if (!(injector as { readonly destroyed?: boolean }).destroyed) injector.destroy();
  });
  return injector;
}
