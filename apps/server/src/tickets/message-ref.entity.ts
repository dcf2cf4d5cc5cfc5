import { Column, Entity, PrimaryColumn } from 'typeorm';
import { idColumn } from '../platform/columns.ts';

/** Which ticket a Message-ID belongs to, ours and those of others. Ids have no length limit, so their SHA-256 is the key. */
@Entity('message_ref')
export class MessageRef {
  @PrimaryColumn({ type: 'varchar', length: 64 })
  messageIdHash: string;

  @PrimaryColumn(idColumn)
  messageId: string;

  @Column(idColumn)
  ticketId: string;
}
