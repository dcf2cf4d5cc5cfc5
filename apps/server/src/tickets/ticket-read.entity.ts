import { Column, Entity, PrimaryColumn } from 'typeorm';
import { idColumn, timeColumn } from '../platform/columns.ts';

/** Up to when an agent has read a ticket. */
@Entity('ticket_read')
export class TicketRead {
  @PrimaryColumn(idColumn)
  agentId: string;

  @PrimaryColumn(idColumn)
  ticketId: string;

  @Column(timeColumn)
  readAt: Date;
}
