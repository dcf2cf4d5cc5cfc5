import type { TicketPageQuery } from '../gql/graphql.ts';

/** A ticket as its page has it. */
export type OpenTicket = NonNullable<TicketPageQuery['ticket']>;
