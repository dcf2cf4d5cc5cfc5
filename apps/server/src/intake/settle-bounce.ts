import { type AutoMailVerdict, bounceEffect, normalizeAddress } from '@support-center/mail';
import { In } from 'typeorm';
import { deliverySettled } from '../outbound/outbound.events.ts';
import { OutgoingMail } from '../outbound/outgoing-mail.entity.ts';
import type { Context } from '../platform/context.ts';
import { emit } from '../platform/events.ts';
import { Requester } from '../tickets/requester.entity.ts';
import type { OwnIds } from './own-ids.ts';

/**
 * Marks the delivery that a bounce speaks of, and the address where its status says so. It counts only when the
 * returned Message-ID is one that we signed and the mail went to that recipient: otherwise anyone could switch off a
 * customer's mail.
 */
export async function settleBounce(ctx: Context, auto: AutoMailVerdict, own: OwnIds): Promise<void> {
  const { bounce } = auto;
  if (auto.class !== 'BOUNCE' || !bounce?.originalMessageId || !own.isOurs(bounce.originalMessageId)) return;
  const mail = await ctx.db.findOneBy(OutgoingMail, { messageId: `<${bounce.originalMessageId.toLowerCase()}>` });
  if (!mail) return;
  const hit = bounce.recipients.filter(
    ({ address }) => address !== null && mail.recipients.includes(normalizeAddress(address) ?? ''),
  );
  if (hit.length === 0) return;
  const marked = await ctx.db.update(
    OutgoingMail,
    { id: mail.id, state: In(['SENT', 'UNKNOWN', 'SENDING']) },
    {
      state: 'BOUNCED',
      detail:
        `came back: ${hit.map(({ status, diagnostic }) => diagnostic ?? status ?? 'no reason given').join('; ')}`.slice(
          0,
          500,
        ),
    },
  );
  if (marked.affected) await emit(ctx, deliverySettled({ outgoingMailId: mail.id, kind: mail.kind, state: 'BOUNCED' }));
  for (const { address, status } of hit) {
    if (bounceEffect(status ?? '') !== 'UNDELIVERABLE_NOW') continue;
    await ctx.db.update(Requester, { email: normalizeAddress(address!)! }, { undeliverableAt: ctx.clock.now() });
  }
}
