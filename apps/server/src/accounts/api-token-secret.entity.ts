import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { idColumn } from '../platform/columns.ts';

/** The SHA-256 of an API token. */
@Entity('api_token_secret')
export class ApiTokenSecret {
  @PrimaryColumn(idColumn)
  apiTokenId: string;

  @Index({ unique: true })
  @Column({ type: 'varchar', length: 64 })
  tokenHash: string;
}
