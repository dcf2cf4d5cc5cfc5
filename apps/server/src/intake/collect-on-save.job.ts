import { defineJob } from '../platform/jobs.ts';
import { requestCollection } from './collect-mailbox.job.ts';

/** Saved settings hold from the next poll, and that is at once. Safe to run twice: one collection is asked for. */
export const collectOnSave = defineJob<object>({
  name: 'collect-on-save',
  async run(ctx) {
    await requestCollection(ctx);
  },
});
