import { defineEvent } from '../platform/events.ts';

/** Settings were saved; `fields` names what was in the input. */
export const settingsSaved = defineEvent<{ fields: string[] }>('settings.saved');
