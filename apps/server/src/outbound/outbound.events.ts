import { defineEvent } from '../platform/events.ts';
import type { DeliveryState, OutgoingKind } from './outgoing-mail.entity.ts';

/** An outgoing mail reached another state: taken, refused for good, unknown. */
export const deliverySettled = defineEvent<{ outgoingMailId: string; kind: OutgoingKind; state: DeliveryState }>(
  'mail.settled',
);
