import { registerEnumType } from 'type-graphql';
import type { TicketStatus } from './ticket.entity.ts';

/** A part of the Tickets Center. */
export const SectionName = { MAIN: 'MAIN', ANSWERED: 'ANSWERED', ON_HOLD: 'ON_HOLD' } as const;
export type SectionName = keyof typeof SectionName;
registerEnumType(SectionName, {
  name: 'SectionName',
  description: 'A part of the Tickets Center.',
  valuesConfig: {
    MAIN: { description: 'The main queue: tickets that wait for us.' },
    ANSWERED: { description: 'Tickets that wait for the requester.' },
    ON_HOLD: { description: 'Tickets put aside.' },
  },
});

/** The state of the tickets in each section. */
export const SECTION_STATUS: Record<SectionName, TicketStatus> = {
  MAIN: 'OPEN',
  ANSWERED: 'ANSWERED',
  ON_HOLD: 'ON_HOLD',
};
