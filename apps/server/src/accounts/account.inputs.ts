import { IsDate, IsOptional, MaxLength } from 'class-validator';
import { GraphQLDateTime } from 'graphql-scalars';
import { Field, ID, InputType, ObjectType } from 'type-graphql';
import { Role } from './agent.entity.ts';

const NAME = 120;
const EMAIL = 254;
const PASSWORD = 256;

@InputType({ description: 'The first administrator of a fresh installation.' })
export class CompleteSetupInput {
  @Field(() => String, { description: 'The one-time set-up token.' })
  @MaxLength(200)
  setupToken: string;

  @Field(() => String, { description: 'The name that others see.' })
  @MaxLength(NAME)
  name: string;

  @Field(() => String, { description: 'The address to sign in with.' })
  @MaxLength(EMAIL)
  email: string;

  @Field(() => String, { description: '10 to 256 characters.' })
  @MaxLength(PASSWORD)
  password: string;
}

@InputType({ description: 'Who signs in.' })
export class SignInInput {
  @Field(() => String, { description: 'The address of the agent.' })
  @MaxLength(EMAIL)
  email: string;

  @Field(() => String, { description: 'The password.' })
  @MaxLength(PASSWORD)
  password: string;
}

@InputType({ description: 'A new agent.' })
export class CreateAgentInput {
  @Field(() => String, { description: 'The name that others see.' })
  @MaxLength(NAME)
  name: string;

  @Field(() => String, { description: 'The address to sign in with.' })
  @MaxLength(EMAIL)
  email: string;

  @Field(() => Role, { description: 'What the agent may do.' })
  role: Role;

  @Field(() => String, {
    nullable: true,
    description: '10 to 256 characters; without one nobody can sign in as this agent yet.',
  })
  @IsOptional()
  @MaxLength(PASSWORD)
  password?: string | null;
}

@InputType({ description: 'Changes of an agent; what is left out stays.' })
export class UpdateAgentInput {
  @Field(() => ID, { description: 'The agent.' })
  @MaxLength(36)
  agentId: string;

  @Field(() => String, { nullable: true, description: 'The name that others see.' })
  @IsOptional()
  @MaxLength(NAME)
  name?: string | null;

  @Field(() => String, { nullable: true, description: 'The address to sign in with.' })
  @IsOptional()
  @MaxLength(EMAIL)
  email?: string | null;

  @Field(() => Role, { nullable: true, description: 'What the agent may do; another role ends all sessions.' })
  role?: Role | null;

  @Field(() => Boolean, { nullable: true, description: 'A disabled agent cannot sign in; all sessions end at once.' })
  disabled?: boolean | null;

  @Field(() => String, { nullable: true, description: 'A new password; it ends all sessions.' })
  @IsOptional()
  @MaxLength(PASSWORD)
  password?: string | null;
}

@InputType({ description: "A new key for an integrator's program." })
export class CreateApiTokenInput {
  @Field(() => String, { description: 'What it is for.' })
  @MaxLength(NAME)
  name: string;

  @Field(() => [String], {
    description: 'Any of tickets:read, tickets:write, kb:read, kb:write, settings:read, settings:write, mail:send.',
  })
  @MaxLength(40, { each: true })
  scopes: string[];

  @Field(() => GraphQLDateTime, {
    nullable: true,
    description: 'From then on it opens nothing; within a year, by default in 90 days.',
  })
  @IsOptional()
  @IsDate()
  expiresAt?: Date | null;
}

@InputType({ description: 'Which token to revoke.' })
export class RevokeApiTokenInput {
  @Field(() => ID, { description: 'The token.' })
  @MaxLength(36)
  apiTokenId: string;
}

@ObjectType({ description: 'A token that was just made.' })
export class CreatedApiToken {
  @Field(() => ID, { description: 'Identifies the token.' })
  id: string;

  @Field(() => String, { description: 'The token itself, shown this once.' })
  token: string;

  @Field(() => GraphQLDateTime, { description: 'From then on it opens nothing.' })
  expiresAt: Date;
}

@ObjectType({ description: 'Who is signed in.' })
export class Viewer {
  @Field(() => ID, { description: 'The id of the agent.' })
  id: string;

  @Field(() => String, { description: 'The name of the agent.' })
  name: string;

  @Field(() => String, { description: 'The address of the agent.' })
  email: string;

  @Field(() => Role, { description: 'What the agent may do.' })
  role: Role;
}

@ObjectType({ description: 'Whether the product is set up.' })
export class SetupState {
  @Field(() => Boolean, { description: 'The first administrator is still to be made.' })
  required: boolean;
}
