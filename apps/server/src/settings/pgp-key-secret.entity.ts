import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A private key and its code phrase, sealed apart. */
@Entity('pgp_key_secret')
export class PgpKeySecret {
  @PrimaryColumn({ type: 'varchar', length: 64 })
  fingerprint: string;

  @Column({ type: 'longtext' })
  sealedKey: string;

  @Column({ type: 'text', nullable: true })
  sealedPassphrase: string | null;
}
