import { Arg, Ctx, Field, ObjectType, Query, Resolver } from 'type-graphql';
import type { GraphqlContext } from '../platform/graphql-context.ts';
import { previewSender, type SenderPreview } from './preview-sender.ts';
import { SaveSenderInput } from './template.resolver.ts';

@ObjectType('SenderPreview', { description: 'How a reply of the viewer would look.' })
export class SenderPreviewType {
  @Field(() => String, { description: 'Name and address, as a mail program shows them.' })
  from: string;

  @Field(() => String, { description: "An example reply in the desk's frame." })
  text: string;
}

@Resolver()
export class SenderPreviewResolver {
  @Query(() => SenderPreviewType, {
    description: 'How a reply of the viewer would look with these words; INVALID_INPUT names a wrong placeholder.',
  })
  async previewMySender(
    @Ctx() ctx: GraphqlContext,
    @Arg('input', () => SaveSenderInput, { description: 'The words.' }) input: SaveSenderInput,
  ): Promise<SenderPreview> {
    return previewSender(ctx, input);
  }
}
