import { Field, ID, ObjectType, registerEnumType } from 'type-graphql';
import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { idColumn, nullableTime, timeColumn } from '../platform/columns.ts';

/** What an agent may do. */
export const Role = { ADMIN: 'ADMIN', ASSISTANT: 'ASSISTANT' } as const;
export type Role = keyof typeof Role;
registerEnumType(Role, {
  name: 'Role',
  description: 'What an agent may do.',
  valuesConfig: {
    ADMIN: { description: 'Administrator: sets the product up and answers tickets.' },
    ASSISTANT: { description: 'Assistant: answers tickets.' },
  },
});

/** Who answers tickets. The password stands in a table of its own. */
@Entity('agent')
@ObjectType({ description: 'Somebody who answers tickets: an administrator or an assistant.' })
export class Agent {
  @Field(() => ID, { description: 'Identifies the agent.' })
  @PrimaryColumn(idColumn)
  id: string;

  @Field(() => String, { description: 'The name that colleagues and requesters see.' })
  @Column({ type: 'varchar', length: 120 })
  name: string;

  @Field(() => String, { description: 'The address the agent signs in with.' })
  @Index({ unique: true })
  @Column({ type: 'varchar', length: 254 })
  email: string;

  @Field(() => Role, { description: 'What the agent may do.' })
  @Column({ type: 'varchar', length: 16 })
  role: Role;

  @Column(timeColumn)
  createdAt: Date;

  @Column(nullableTime)
  disabledAt: Date | null;

  @Column(nullableTime)
  lastSeenAt: Date | null;
}
