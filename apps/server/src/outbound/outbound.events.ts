import { defineEvent } from '../platform/events.ts';
import type { DeliveryState, OutgoingKind } from './outgoing-mail.entity.ts';

/** An outgoing mail reached another state: taken, refused for good, unknown. Of a mailing only what comes back is told: it goes by the thousands, and its figures are counted from the rows. */
export const deliverySettled = defineEvent<{ outgoingMailId: string; kind: OutgoingKind; state: DeliveryState }>(
  'mail.settled',
);
