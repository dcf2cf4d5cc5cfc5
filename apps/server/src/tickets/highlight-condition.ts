import { type DomainEntry, moreSpecific, parseEntryList } from '@support-center/mail';
import type { Context } from '../platform/context.ts';
import { escapeLike } from '../platform/database.ts';
import { highlightOf, highlightRule } from './highlight.ts';
import { Ticket } from './ticket.entity.ts';

/** Longer lists are not put into one condition; then the addresses of the tickets are asked one by one. */
const MAX_ENTRIES_IN_SQL = 200;

/** A condition on `t` (Ticket) that holds for highlighted tickets, as the rule `highlightOf` decides them. */
export async function highlightCondition(
  ctx: Context,
  settings: { highlightEntries: readonly string[]; spamEntries: readonly string[] },
): Promise<{ sql: string; parameters: Record<string, unknown> }> {
  const highlight = parseEntryList(settings.highlightEntries).entries;
  const spam = parseEntryList(settings.spamEntries).entries;
  if (highlight.length === 0) return { sql: '1 = 0', parameters: {} };
  if (highlight.length + spam.length > MAX_ENTRIES_IN_SQL) return byAddress(ctx, settings);
  const parameters: Record<string, unknown> = {};
  const patterns = (entry: DomainEntry) =>
    addressPatterns(entry)
      .map((pattern) => bind(parameters, pattern))
      .join(' OR ');
  const alternatives = highlight.map((entry) => {
    // An entry of the spam list that is as specific or more wins where both cover the address.
    const stronger = spam.filter((other) => !moreSpecific(entry, other)).map(patterns);
    return stronger.length === 0 ? `(${patterns(entry)})` : `((${patterns(entry)}) AND NOT (${stronger.join(' OR ')}))`;
  });
  return { sql: `(t.requesterEmail IS NOT NULL AND (${alternatives.join(' OR ')}))`, parameters };
}

function addressPatterns({ kind, value }: DomainEntry): string[] {
  const name = escapeLike(value);
  switch (kind) {
    case 'ADDRESS':
      return [name];
    case 'EXACT_DOMAIN':
      return [`%@${name}`];
    case 'SUBDOMAINS':
      return [`%.${name}`];
    default:
      return [`%@${name}`, `%.${name}`];
  }
}

function bind(parameters: Record<string, unknown>, pattern: string): string {
  const name = `pattern${Object.keys(parameters).length}`;
  parameters[name] = pattern;
  return `t.requesterEmail LIKE :${name} ESCAPE '!'`;
}

async function byAddress(
  ctx: Context,
  settings: { highlightEntries: readonly string[]; spamEntries: readonly string[] },
) {
  const rule = highlightRule(settings);
  const rows = await ctx.db
    .createQueryBuilder(Ticket, 't')
    .select('DISTINCT t.requesterEmail', 'email')
    .where('t.requesterEmail IS NOT NULL')
    .getRawMany<{ email: string }>();
  const emails = rows.map((row) => row.email).filter((email) => highlightOf(email, rule));
  return emails.length === 0
    ? { sql: '1 = 0', parameters: {} }
    : { sql: 't.requesterEmail IN (:...highlighted)', parameters: { highlighted: emails } };
}
