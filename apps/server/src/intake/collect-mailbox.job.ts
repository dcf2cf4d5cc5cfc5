import { Pop3Error } from '@support-center/pop3';
import type { Context } from '../platform/context.ts';
import { transact } from '../platform/database.ts';
import { defineJob, enqueue } from '../platform/jobs.ts';
import { MAIN_MAILBOX } from '../settings/mailbox.entity.ts';
import { readMailboxSecret, readSettings, type SupportSettings } from '../settings/read-settings.ts';
import { collectionProblems } from '../settings/settings-problems.ts';
import { collectBatch, type MailboxAccess } from './collect-batch.ts';
import { beginSession, readStatus, recordFailure, recordIdle, recordSuccess } from './mailbox-status.ts';

const MAX_BACKOFF_MS = 30 * 60_000;
/** A run ends after this and the next one continues, so that settings and other mailboxes get their turn. */
const RUN_MS = 5 * 60_000;
/** Without the required settings nothing is tried; a save asks for a collection at once. */
const IDLE_MS = 60_000;

/**
 * Collects a mailbox, again after every poll interval. Safe to run twice: the job's lease lets one process at a time
 * collect, letters are stored under their names on the server, and nothing is removed there before it is stored here.
 */
export const collectMailbox = defineJob<null>({
  name: 'collect-mailbox',
  async run(ctx, _payload, { signal }) {
    const settings = await readSettings(ctx);
    const pollMs = settings.pollIntervalSeconds * 1000;
    const status = await readStatus(ctx, MAIN_MAILBOX);
    const missing = collectionProblems(settings)[0];
    if (missing) {
      await recordIdle(ctx, MAIN_MAILBOX, 'NOT_CONFIGURED', missing.message);
      return { againInMs: IDLE_MS };
    }
    if (status.paused) {
      await recordIdle(ctx, MAIN_MAILBOX, 'PAUSED', 'Paused by an administrator. Mail waits on the server.');
      return { againInMs: IDLE_MS };
    }
    try {
      await beginSession(ctx, MAIN_MAILBOX);
      const access = await accessOf(ctx, settings, status.pipeliningBroken);
      const left = await collectUntilEmpty(ctx, access, signal);
      await recordSuccess(ctx, MAIN_MAILBOX, { leftOnServer: left, nextInMs: pollMs });
      return { againInMs: pollMs };
    } catch (error) {
      if (signal.aborted) throw error;
      const nextInMs = backoff(error, status.failures, pollMs);
      await recordFailure(ctx, MAIN_MAILBOX, {
        reason: reasonOf(error),
        nextInMs,
        pipeliningBroken: isCode(error, 'PIPELINING_BROKEN'),
      });
      if (!(error instanceof Pop3Error)) ctx.log.error({ err: error }, 'collecting failed; mail stays on the server');
      return { againInMs: nextInMs };
    }
  },
});

/** Asks for a collection at once. */
export async function requestCollection(ctx: Context): Promise<void> {
  await transact(ctx, (ctx) => enqueue(ctx, collectMailbox, { key: MAIN_MAILBOX, payload: null }));
}

async function collectUntilEmpty(ctx: Context, access: MailboxAccess, signal: AbortSignal): Promise<number> {
  const endAt = Date.now() + RUN_MS;
  for (;;) {
    const { waiting, left } = await collectBatch(ctx, access, signal);
    if (waiting === 0 || signal.aborted || Date.now() > endAt) return left;
  }
}

async function accessOf(ctx: Context, settings: SupportSettings, pipeliningBroken: boolean): Promise<MailboxAccess> {
  const password = await readMailboxSecret(ctx, 'POP3');
  return {
    mailboxId: MAIN_MAILBOX,
    pop3: {
      host: settings.pop3Host!,
      port: settings.pop3Port,
      security: settings.pop3Security,
      user: settings.pop3User!,
      password: password ?? '',
      pipelining: !pipeliningBroken,
    },
  };
}

/** 1, 2, 4 … poll intervals up to half an hour, a little spread; a locked mailbox is tried at the next poll. */
function backoff(error: unknown, failuresBefore: number, pollMs: number): number {
  if (isCode(error, 'PIPELINING_BROKEN')) return 0;
  if (isCode(error, 'IN_USE') || isCode(error, 'LOGIN_DELAY')) return pollMs;
  return (
    Math.min(pollMs * 2 ** Math.min(failuresBefore, 10), Math.max(MAX_BACKOFF_MS, pollMs)) * (0.9 + Math.random() * 0.2)
  );
}

function isCode(error: unknown, code: Pop3Error['code']): boolean {
  return error instanceof Pop3Error && error.code === code;
}

/** What an administrator reads. Trouble of our own says that nothing was lost. */
function reasonOf(error: unknown): string {
  if (error instanceof Pop3Error) return error.message;
  return 'Letters could not be stored here (disk or database trouble). They wait on the mail server; nothing was removed. See the log of the server.';
}
