import { Ctx, FieldResolver, Int, Resolver } from 'type-graphql';
import type { GraphqlContext } from '../platform/graphql-context.ts';
import { SupportSettingsType } from '../settings/settings.type.ts';
import { countStoppedConfirmations } from './count-stopped-confirmations.ts';

@Resolver(() => SupportSettingsType)
export class StoppedConfirmationsResolver {
  @FieldResolver(() => Int, {
    description:
      'New tickets of the last seven days without a confirmation because a rule stopped it: automatic mail, an unknown sender, or the budget.',
  })
  async confirmationsStopped(@Ctx() ctx: GraphqlContext): Promise<number> {
    return countStoppedConfirmations(ctx);
  }
}
