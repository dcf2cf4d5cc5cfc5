import { MaxLength } from 'class-validator';
import { Arg, Ctx, Field, FieldResolver, ID, InputType, Mutation, Resolver, Root } from 'type-graphql';
import type { GraphqlContext } from '../platform/graphql-context.ts';
import { RequesterKey } from './requester-key.entity.ts';
import { forgetRequesterKey, keysOfAddress } from './requester-keys.ts';
import { Ticket } from './ticket.entity.ts';

@InputType({ description: 'Names a public key of a requester.' })
export class RequesterKeyInput {
  @Field(() => ID, { description: 'The key.' })
  @MaxLength(36)
  requesterKeyId: string;
}

@Resolver(() => Ticket)
export class RequesterKeyResolver {
  @FieldResolver(() => [RequesterKey], {
    description:
      'Public keys of the requester: the one that replies are encrypted for first, then others, then offers.',
  })
  async requesterKeys(@Root() ticket: Ticket, @Ctx() ctx: GraphqlContext): Promise<RequesterKey[]> {
    return keysOfAddress(ctx, ticket.requesterEmail);
  }

  @Mutation(() => Boolean, { description: 'Forgets a public key: mail to its address goes in the clear again.' })
  async forgetRequesterKey(
    @Ctx() ctx: GraphqlContext,
    @Arg('input', () => RequesterKeyInput, { description: 'Which key.' }) input: RequesterKeyInput,
  ): Promise<boolean> {
    return forgetRequesterKey(ctx, input.requesterKeyId);
  }
}
