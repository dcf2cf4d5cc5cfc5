import type { OutgoingMail } from '../outbound/outgoing-mail.entity.ts';
import type { Campaign } from './campaign.entity.ts';
import type { RecipientState } from './campaign.types.ts';
import type { CampaignRecipient } from './campaign-recipient.entity.ts';

/** What became of the mail to one addressee, from the rows of both. Of a stopped mailing nobody waits any more. */
export function recipientState(
  recipient: Pick<CampaignRecipient, 'state'>,
  mail: Pick<OutgoingMail, 'state'> | null,
  campaignState: Campaign['state'],
): RecipientState {
  if (recipient.state === 'SKIPPED') return 'SKIPPED';
  if (mail === null) return campaignState === 'STOPPED' ? 'SKIPPED' : 'WAITING';
  if (mail.state === 'HELD') return 'QUEUED';
  if (mail.state === 'DISCARDED') return 'SKIPPED';
  return mail.state;
}
