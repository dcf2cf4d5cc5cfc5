import { defineEvent } from '../platform/events.ts';

/** How collecting goes has changed. */
export const collectionChanged = defineEvent<{ mailboxId: string }>('collection.changed');
