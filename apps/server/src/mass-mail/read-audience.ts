import { normalizeDomain } from '@support-center/mail';
import { type FieldError, invalidInput } from '../platform/errors.ts';
import type { CampaignRecipientsInput } from './campaign.inputs.ts';
import type { RecipientSource } from './choose-recipients.ts';

/** What an administrator chose, checked. @throws AppError INVALID_INPUT that names the field */
export function readAudience(input: CampaignRecipientsInput): RecipientSource {
  const { kind } = input;
  if (kind === 'LIST') {
    if (!input.addresses?.trim()) throw invalidInput([{ path: 'addresses', message: 'Enter at least one address.' }]);
    return { pasted: input.addresses };
  }
  const nobody = { domains: [], contactedAfter: null, contactedBefore: null, ticketAbout: null };
  if (kind === 'ALL') return { audience: { kind, ...nobody } };
  const errors: FieldError[] = [];
  const domains = (input.domains ?? []).flatMap((written) => {
    const domain = normalizeDomain(written.trim().replace(/^@/, ''));
    if (domain === null)
      errors.push({ path: 'domains', message: `“${written.slice(0, 80)}” is not a domain. Example: acme.com` });
    return domain === null ? [] : [domain];
  });
  const { contactedAfter = null, contactedBefore = null } = input;
  if (contactedAfter && contactedBefore && contactedAfter >= contactedBefore)
    errors.push({ path: 'contactedBefore', message: 'This time has to be later than the other one.' });
  const ticketAbout = input.ticketAbout?.trim() || null;
  if (errors.length === 0 && domains.length === 0 && !contactedAfter && !contactedBefore && !ticketAbout)
    errors.push({ path: 'kind', message: 'Give at least one condition, or choose all customers.' });
  if (errors.length > 0) throw invalidInput(errors);
  return { audience: { kind, domains, contactedAfter, contactedBefore, ticketAbout } };
}
