import { transact } from '../platform/database.ts';
import { defineJob } from '../platform/jobs.ts';
import { MAIN_MAILBOX } from '../settings/mailbox.entity.ts';
import { alertAdministrators } from './alert-administrators.ts';
import { readStatus } from './mailbox-status.ts';

const LOOK_EVERY_MS = 60_000;
/** Trouble that is over within this time is nobody's business. */
const PATIENCE_MS = 15 * 60_000;

/**
 * Writes to the administrators when no mail could be collected for 15 minutes, and once a day while it stays so. Safe to
 * run twice: a mail of the last day forbids another.
 */
export const watchCollection = defineJob<null>({
  name: 'watch-collection',
  everyMs: LOOK_EVERY_MS,
  async run(ctx) {
    const { state, since, reason } = await readStatus(ctx, MAIN_MAILBOX);
    if ((state !== 'FAILING' && state !== 'NOT_CONFIGURED') || since === null) return;
    if (ctx.clock.now().getTime() - since.getTime() < PATIENCE_MS) return;
    const text = [
      `No mail has been collected since ${since.toISOString().replace('T', ' ').slice(0, 16)} UTC.`,
      '',
      reason ?? 'The reason is not known.',
      '',
      'No letter is lost: mail waits on the mail server. It is tried again by itself, or at once when the settings are saved:',
    ].join('\n');
    await transact(ctx, (ctx) =>
      alertAdministrators(ctx, { kind: 'collection', subject: 'No support mail is being collected', text }),
    );
  },
});
