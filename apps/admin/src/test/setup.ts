import { notifications } from '@mantine/notifications';
import { cleanup, configure } from '@testing-library/react';
import { afterEach } from 'vitest';

// Pages come in by import; on a busy machine that takes its time.
configure({ asyncUtilTimeout: 10_000 });

afterEach(() => {
  cleanup();
  localStorage.clear();
  notifications.cleanQueue();
  notifications.clean();
});

// The simulated page has no fonts; parts that wait for them find an empty set.
if (!('fonts' in document)) Object.defineProperty(document, 'fonts', { value: new EventTarget() });
