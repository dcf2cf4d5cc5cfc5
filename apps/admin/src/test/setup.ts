import { cleanup } from '@testing-library/react';
import { afterEach } from 'vitest';

afterEach(() => {
  cleanup();
  localStorage.clear();
});

// The simulated page has no fonts; parts that wait for them find an empty set.
if (!('fonts' in document)) Object.defineProperty(document, 'fonts', { value: new EventTarget() });
