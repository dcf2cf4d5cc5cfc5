import { registerEnumType } from 'type-graphql';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { nullableTime } from '../platform/columns.ts';

/** How a connection to a mail server is secured. */
export const Security = { TLS: 'TLS', STARTTLS: 'STARTTLS', NONE: 'NONE' } as const;
export type Security = keyof typeof Security;
registerEnumType(Security, {
  name: 'Security',
  description: 'How a connection to a mail server is secured.',
  valuesConfig: {
    TLS: { description: 'TLS from the first byte.' },
    STARTTLS: { description: 'TLS by STLS or STARTTLS; refused where the server does not offer it.' },
    NONE: { description: 'Not secured: the password travels as plain text.' },
  },
});

/** The id of the one mailbox. */
export const MAIN_MAILBOX = 'main';

/** The address customers write to, where its mail is collected, and where our mail goes out. */
@Entity('mailbox')
export class Mailbox {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  id: string = MAIN_MAILBOX;

  @Column({ type: 'varchar', length: 254, nullable: true })
  supportEmail: string | null = null;

  @Column({ type: 'varchar', length: 253, nullable: true })
  pop3Host: string | null = null;

  @Column({ type: 'int' })
  pop3Port: number = 995;

  @Column({ type: 'varchar', length: 16 })
  pop3Security: Security = 'TLS';

  @Column({ type: 'varchar', length: 254, nullable: true })
  pop3User: string | null = null;

  @Column({ type: 'int' })
  pollIntervalSeconds: number = 60;

  @Column({ type: 'varchar', length: 253, nullable: true })
  smtpHost: string | null = null;

  @Column({ type: 'int' })
  smtpPort: number = 587;

  @Column({ type: 'varchar', length: 16 })
  smtpSecurity: Security = 'STARTTLS';

  @Column({ type: 'varchar', length: 254, nullable: true })
  smtpUser: string | null = null;

  @Column(nullableTime)
  updatedAt: Date | null = null;
}
