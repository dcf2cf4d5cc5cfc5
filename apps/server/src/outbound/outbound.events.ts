import { defineEvent } from '../platform/events.ts';
import type { DeliveryState, OutgoingKind } from './outgoing-mail.entity.ts';

/** An outgoing mail reached another state: taken, refused for good, unknown. Mass mail is told of by `campaignMailSettled`. */
export const deliverySettled = defineEvent<{ outgoingMailId: string; kind: OutgoingKind; state: DeliveryState }>(
  'mail.settled',
);

/** Some mails of a mailing reached another state; one for each commit, however many there were. */
export const campaignMailSettled = defineEvent<{ campaignId: string }>('campaign-mail.settled');
