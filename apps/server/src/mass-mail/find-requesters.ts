import { domainOf } from '@support-center/mail';
import type { Context } from '../platform/context.ts';
import { escapeLike } from '../platform/database.ts';
import { Requester } from '../tickets/requester.entity.ts';
import type { Audience } from './campaign.entity.ts';

const PAGE = 1000;

/** Somebody whom the desk knows by mail. */
export interface KnownRequester {
  readonly address: string;
  readonly name: string | null;
}

/** Requesters that fit the filter, page by page, in the order they first wrote. Reads only. */
export async function* findRequesters(ctx: Context, audience: Audience): AsyncGenerator<KnownRequester[]> {
  const domains = new Set(audience.domains);
  for (let after = ''; ; ) {
    const query = ctx.db
      .createQueryBuilder(Requester, 'r')
      .where('r.email IS NOT NULL AND r.id > :after', { after })
      .orderBy('r.id', 'ASC')
      .limit(PAGE);
    if (audience.contactedAfter || audience.contactedBefore || audience.ticketAbout) {
      const tickets = ['t.requesterId = r.id'];
      if (audience.contactedAfter) tickets.push('t.lastInboundAt >= :contactedAfter');
      if (audience.ticketAbout) tickets.push("LOWER(t.subject) LIKE :about ESCAPE '!'");
      query.andWhere(`EXISTS (SELECT 1 FROM ticket t WHERE ${tickets.join(' AND ')})`);
      if (audience.contactedBefore)
        query.andWhere(
          'NOT EXISTS (SELECT 1 FROM ticket later WHERE later.requesterId = r.id AND later.lastInboundAt >= :contactedBefore)',
        );
      query.setParameters({
        contactedAfter: audience.contactedAfter,
        contactedBefore: audience.contactedBefore,
        about: `%${escapeLike((audience.ticketAbout ?? '').toLowerCase())}%`,
      });
    }
    const page = await query.getMany();
    const fitting = page.filter(({ email }) => domains.size === 0 || domains.has(domainOf(email!) ?? ''));
    yield fitting.map(({ email, name }) => ({ address: email!, name }));
    if (page.length < PAGE) return;
    after = page.at(-1)!.id;
  }
}
