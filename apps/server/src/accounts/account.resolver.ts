import { GraphQLDateTime } from 'graphql-scalars';
import { Arg, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from 'type-graphql';
import { transact } from '../platform/database.ts';
import type { GraphqlContext } from '../platform/graphql-context.ts';
import {
  CompleteSetupInput,
  CreateAgentInput,
  CreateApiTokenInput,
  CreatedApiToken,
  RevokeApiTokenInput,
  SetupState,
  SignInInput,
  UpdateAgentInput,
  Viewer,
} from './account.inputs.ts';
import { requireAdmin, requireScope } from './account.policy.ts';
import { Agent } from './agent.entity.ts';
import { createAgent, updateAgent } from './agents.ts';
import { ApiToken } from './api-token.entity.ts';
import { createApiToken, revokeApiToken } from './api-tokens.ts';
import { completeSetup, isSetupRequired } from './complete-setup.ts';
import { Session } from './session.entity.ts';
import { signIn } from './sign-in.ts';

@Resolver(() => Agent)
export class AccountResolver {
  @Query(() => Viewer, { nullable: true, description: 'Who is signed in; null: nobody, or a program with a token.' })
  async viewer(@Ctx() ctx: GraphqlContext): Promise<Viewer | null> {
    return ctx.actor.kind === 'agent' ? ctx.db.findOneBy(Agent, { id: ctx.actor.agentId }) : null;
  }

  @Query(() => SetupState, { description: 'Whether the product is set up; anybody may ask.' })
  async setup(@Ctx() ctx: GraphqlContext): Promise<SetupState> {
    return { required: await isSetupRequired(ctx) };
  }

  @Query(() => [Agent], { description: 'Everybody who answers or has answered tickets, by name.' })
  async agents(@Ctx() ctx: GraphqlContext): Promise<Agent[]> {
    requireScope(ctx.actor, 'tickets:read');
    return ctx.db.find(Agent, { order: { name: 'ASC', id: 'ASC' } });
  }

  @Query(() => [ApiToken], { description: 'All API tokens, newest first. Administrators only.' })
  async apiTokens(@Ctx() ctx: GraphqlContext): Promise<ApiToken[]> {
    requireAdmin(ctx.actor);
    return ctx.db.find(ApiToken, { order: { createdAt: 'DESC', id: 'DESC' }, take: 500 });
  }

  @Mutation(() => Viewer, { description: 'Makes the first administrator and signs in.' })
  async completeSetup(
    @Ctx() ctx: GraphqlContext,
    @Arg('input', () => CompleteSetupInput, { description: 'Who it is.' }) input: CompleteSetupInput,
  ): Promise<Viewer> {
    const { agent, token } = await completeSetup(ctx, { ...input, ip: ctx.http.ip });
    ctx.http.setSession(token);
    return agent;
  }

  @Mutation(() => Viewer, { description: 'Signs an agent in: the answer carries the session cookie.' })
  async signIn(
    @Ctx() ctx: GraphqlContext,
    @Arg('input', () => SignInInput, { description: 'Who it is.' }) input: SignInInput,
  ): Promise<Viewer> {
    const { agent, token } = await signIn(ctx, { ...input, ip: ctx.http.ip });
    ctx.http.setSession(token);
    return agent;
  }

  @Mutation(() => Boolean, { description: 'Signs out: the session ends.' })
  async signOut(@Ctx() ctx: GraphqlContext): Promise<boolean> {
    const { actor } = ctx;
    if (actor.kind === 'agent') await transact(ctx, (ctx) => ctx.db.delete(Session, { tokenHash: actor.sessionId }));
    ctx.http.setSession(null);
    return true;
  }

  @Mutation(() => Agent, { description: 'Adds an agent. Administrators only.' })
  async createAgent(
    @Ctx() ctx: GraphqlContext,
    @Arg('input', () => CreateAgentInput, { description: 'Who it is.' }) input: CreateAgentInput,
  ): Promise<Agent> {
    return createAgent(ctx, input);
  }

  @Mutation(() => Agent, { description: 'Changes an agent. Administrators only.' })
  async updateAgent(
    @Ctx() ctx: GraphqlContext,
    @Arg('input', () => UpdateAgentInput, { description: 'What to change.' }) input: UpdateAgentInput,
  ): Promise<Agent> {
    return updateAgent(ctx, input);
  }

  @Mutation(() => CreatedApiToken, { description: 'Makes an API token; it is shown this once. Administrators only.' })
  async createApiToken(
    @Ctx() ctx: GraphqlContext,
    @Arg('input', () => CreateApiTokenInput, { description: 'What it may do.' }) input: CreateApiTokenInput,
  ): Promise<CreatedApiToken> {
    const { row, token } = await createApiToken(ctx, input);
    return { id: row.id, token, expiresAt: row.expiresAt };
  }

  @Mutation(() => ApiToken, { description: 'Makes a token open nothing from now on. Administrators only.' })
  async revokeApiToken(
    @Ctx() ctx: GraphqlContext,
    @Arg('input', () => RevokeApiTokenInput, { description: 'Which one.' }) input: RevokeApiTokenInput,
  ): Promise<ApiToken> {
    return revokeApiToken(ctx, input.apiTokenId);
  }

  @FieldResolver(() => Boolean, { description: 'The agent can no longer sign in.' })
  disabled(@Root() agent: Agent): boolean {
    return agent.disabledAt !== null;
  }

  @FieldResolver(() => GraphQLDateTime, { nullable: true, description: 'When the agent was last here, to the minute.' })
  lastSeenAt(@Root() agent: Agent): Date | null {
    return agent.lastSeenAt;
  }
}
