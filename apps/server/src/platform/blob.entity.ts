import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { bigintNumber, bytes, idColumn, nullableTime, timeColumn } from './columns.ts';

/** Bytes kept once per content: a raw letter, an attachment. */
@Entity('blob')
export class BlobRow {
  @PrimaryColumn(idColumn)
  id: string;

  /** SHA-256 in hex; null while the bytes are still streaming in. */
  @Index({ unique: true })
  @Column({ type: 'varchar', length: 64, nullable: true })
  sha256: string | null;

  @Column({ type: 'bigint', transformer: bigintNumber })
  sizeBytes: number;

  @Column(timeColumn)
  createdAt: Date;

  @Column(nullableTime)
  completedAt: Date | null;
}

/** At most 1 MiB of a blob. */
@Entity('blob_chunk')
export class BlobChunk {
  @PrimaryColumn(idColumn)
  blobId: string;

  @PrimaryColumn({ type: 'int' })
  position: number;

  @Column({ type: 'longblob', transformer: bytes })
  bytes: Buffer;
}
