import { Field, ObjectType, registerEnumType } from 'type-graphql';
import { requireAdmin } from '../accounts/account.policy.ts';
import type { Context } from '../platform/context.ts';
import { DnsFailure } from '../platform/dns.ts';
import { AppError } from '../platform/errors.ts';
import { publicDkimKey, readDkimKey, recordName } from './dkim-key.ts';
import { readSettings } from './read-settings.ts';

/** What the DNS holds for the key that mail is signed with. */
export const DkimDnsState = {
  RIGHT: 'RIGHT',
  MISSING: 'MISSING',
  OTHER_KEY: 'OTHER_KEY',
  UNREACHABLE: 'UNREACHABLE',
} as const;
export type DkimDnsState = keyof typeof DkimDnsState;
registerEnumType(DkimDnsState, {
  name: 'DkimDnsState',
  description: 'What the DNS holds for the key that mail is signed with.',
  valuesConfig: {
    RIGHT: { description: 'The record is there and holds this key.' },
    MISSING: { description: 'There is no such record.' },
    OTHER_KEY: { description: 'The record holds another key, none, or more than one.' },
    UNREACHABLE: { description: 'The DNS could not be asked; nothing is known.' },
  },
});

@ObjectType({ description: 'What a look at the DNS for the DKIM key found.' })
export class DkimDnsCheck {
  @Field(() => DkimDnsState, { description: 'What was found.' })
  state: DkimDnsState;

  @Field(() => String, { description: 'The same in words, with what to do.' })
  message: string;
}

/**
 * Looks whether the record of the DKIM key that holds is published as it should be, as a mail server that checks a
 * signature would (RFC 6376, section 3.6.2). Changes nothing. @throws AppError FORBIDDEN, CONFLICT where mail is not signed
 */
export async function checkDkimDns(ctx: Context): Promise<DkimDnsCheck> {
  requireAdmin(ctx.actor);
  const key = await readDkimKey(ctx, await readSettings(ctx));
  if (!key) throw new AppError('CONFLICT', 'Mail is not signed yet. Save domain and selector and make a key first.');
  const name = recordName(key);
  try {
    const check = judgeRecords(name, publicDkimKey(key), await ctx.dns.txt(name));
    return check.state === 'MISSING' ? await lookForSlip(ctx, key.domain, name, check) : check;
  } catch (error) {
    if (!(error instanceof DnsFailure)) throw error;
    return {
      state: 'UNREACHABLE',
      message: `The DNS could not be asked about ${name}: ${error.message}. So nothing is known about the record. Check the name servers of this machine, or try again later.`,
    };
  }
}

/** Many forms for the DNS add the domain to the name by themselves. */
async function lookForSlip(ctx: Context, domain: string, name: string, missing: DkimDnsCheck): Promise<DkimDnsCheck> {
  const doubled = `${name}.${domain}`;
  const isThere = (await ctx.dns.txt(doubled).catch(() => [])).some((text) => keyIn(text) !== null);
  if (!isThere) return missing;
  const short = name.slice(0, -domain.length - 1);
  return {
    state: 'MISSING',
    message: `The record stands at ${doubled}: the form for your DNS adds the domain by itself. Enter ${short} as its name there, and check again.`,
  };
}

/** What these TXT records of the name say for who looks for `key` there. Pure. */
export function judgeRecords(name: string, key: string, records: readonly string[]): DkimDnsCheck {
  const keys = records.map(keyIn).filter((found) => found !== null);
  const wrong = (message: string) => ({ state: 'OTHER_KEY' as const, message });
  if (keys.length === 0)
    return {
      state: 'MISSING',
      message: `There is no such record at ${name}. Publish it as it is shown here. It can take some hours until everybody sees it; then check again.`,
    };
  if (keys.length > 1)
    return wrong(
      `At ${name} stand ${keys.length} records with a key, and only one may. Take away all but the one that is shown here.`,
    );
  if (keys[0] === '')
    return wrong(`The record at ${name} withdraws its key (p= is empty). Give it the value that is shown here.`);
  if (keys[0] !== key)
    return wrong(
      `The record at ${name} holds another key, so signatures of our mail do not hold. Give it the value that is shown here. If you have just done so, name servers may remember the old one for some hours.`,
    );
  return { state: 'RIGHT', message: `The record at ${name} is published and holds this key. Nothing is left to do.` };
}

/**
 * The public key of a record as it is written without blanks, '' where it is withdrawn; null: it is no record of a key
 * (RFC 6376, section 3.6.1).
 */
function keyIn(record: string): string | null {
  const tags = new Map<string, string>();
  for (const part of record.split(';')) {
    const at = part.indexOf('=');
    if (at > 0) tags.set(part.slice(0, at).trim(), part.slice(at + 1).replace(/\s/g, ''));
  }
  if (tags.has('v') && tags.get('v') !== 'DKIM1') return null;
  return tags.get('p') ?? null;
}
