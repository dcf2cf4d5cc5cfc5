import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { GraphqlContext } from '../platform/graphql-context.ts';
import { Requester } from './requester.entity.ts';
import { Undeliverable } from './ticket.types.ts';
import { loadAddressState } from './ticket-loaders.ts';

@Resolver(() => Requester)
export class RequesterResolver {
  @FieldResolver(() => Undeliverable, {
    nullable: true,
    description: 'Set when mail to the address came back for good: no automatic mail goes there.',
  })
  async undeliverable(@Root() requester: Requester, @Ctx() ctx: GraphqlContext): Promise<Undeliverable | null> {
    const state = requester.email === null ? null : await loadAddressState(ctx, requester.email);
    return state?.undeliverableAt ? { since: state.undeliverableAt, reason: state.undeliverableReason } : null;
  }
}
