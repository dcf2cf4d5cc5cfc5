import { SAFE_HTML_VERSION, sanitizeMailHtml } from '@support-center/mail';
import { IsNull, LessThan, MoreThan, Not } from 'typeorm';
import { readWholeBlob } from '../platform/blobs.ts';
import type { Context } from '../platform/context.ts';
import { transact } from '../platform/database.ts';
import { defineJob, enqueue } from '../platform/jobs.ts';
import { Message } from '../tickets/message.entity.ts';
import { InboundMail } from './inbound-mail.entity.ts';
import { readLetter } from './read-letter.ts';

const AT_ONCE = 20;
const PAUSE_MS = 50;

/**
 * Cleans the HTML of letters again that an older version of the rules has cleaned. Safe to run twice: what has today's
 * version is passed over.
 */
export const cleanAgain = defineJob<null>({
  name: 'clean-html-again',
  async run(ctx, _payload, { signal }) {
    for (let after = ''; !signal.aborted; ) {
      const messages = await ctx.db.find(Message, {
        where: { id: MoreThan(after), htmlVersion: LessThan(SAFE_HTML_VERSION), html: Not(IsNull()) },
        order: { id: 'ASC' },
        take: AT_ONCE,
      });
      for (const message of messages) {
        if (signal.aborted) return;
        await cleanMessage(ctx, message);
        await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
      }
      if (messages.length < AT_ONCE) return;
      after = messages.at(-1)!.id;
    }
  },
});

/** Asks for the letters to be looked through, once for each version of the rules and start. */
export async function requestCleaning(ctx: Context): Promise<void> {
  await transact(ctx, (ctx) => enqueue(ctx, cleanAgain, { key: `v${SAFE_HTML_VERSION}`, payload: null }));
}

/** From the letter itself where it can be read without a key, so that new rules find again what old ones took out. */
async function cleanMessage(ctx: Context, message: Message): Promise<void> {
  const fresh = message.pgp === null ? await readAgain(ctx, message) : null;
  const safe = fresh ?? sanitizeMailHtml(message.html ?? '');
  const blockedImages = fresh ? fresh.blockedImages : Math.max(message.blockedImages, safe.blockedImages);
  await transact(ctx, (ctx) =>
    ctx.db.update(Message, { id: message.id }, { html: safe.html, htmlVersion: SAFE_HTML_VERSION, blockedImages }),
  );
}

async function readAgain(
  ctx: Context,
  message: Message,
): Promise<{ html: string | null; blockedImages: number } | null> {
  const inbound = message.inboundMailId ? await ctx.db.findOneBy(InboundMail, { id: message.inboundMailId }) : null;
  if (!inbound) return null;
  const understood = await readLetter(ctx, inbound.id, await readWholeBlob(ctx, inbound.rawBlobId));
  return understood.unreadable === null && understood.htmlVersion === SAFE_HTML_VERSION ? understood : null;
}
