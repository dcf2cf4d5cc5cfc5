import { IsOptional, MaxLength } from 'class-validator';
import { GraphQLDateTime } from 'graphql-scalars';
import { Arg, Ctx, Field, InputType, Mutation, ObjectType, Query, Resolver } from 'type-graphql';
import type { GraphqlContext } from '../platform/graphql-context.ts';
import { TemplateKind } from './mail-template.entity.ts';
import { listTemplates, previewTemplate, SENDER_PLACEHOLDERS, saveTemplate } from './mail-templates.ts';
import { mySender, type SenderProfile, saveMySender } from './sender-profile.ts';

@ObjectType({ description: 'A name that a template may use, written {{name}}.' })
export class Placeholder {
  @Field(() => String, { description: 'The name.' })
  name: string;

  @Field(() => String, { description: 'What it stands for.' })
  description: string;
}

@ObjectType({ description: 'The words of a kind of mail.' })
export class MailTemplate {
  @Field(() => TemplateKind, { description: 'Which kind.' })
  kind: TemplateKind;

  @Field(() => String, { description: 'The words that hold now.' })
  text: string;

  @Field(() => String, { description: 'The built-in words.' })
  defaultText: string;

  @Field(() => Boolean, { description: 'The built-in words hold.' })
  isDefault: boolean;

  @Field(() => [Placeholder], { description: 'What it may use.' })
  placeholders: readonly Placeholder[];

  @Field(() => GraphQLDateTime, { nullable: true, description: 'When it was last changed.' })
  updatedAt: Date | null;
}

@ObjectType({ description: 'How a mail of a template would look.' })
export class TemplatePreview {
  @Field(() => String, { description: 'As text.' })
  text: string;

  @Field(() => String, { description: 'As HTML, made of escaped text alone.' })
  html: string;
}

@ObjectType({ description: 'How mails are signed, with the placeholders filled in.' })
export class SignedAs {
  @Field(() => String, { description: 'The name beside the Support Email.' })
  name: string;

  @Field(() => String, { description: 'The signature.' })
  signature: string;
}

@ObjectType('SenderProfile', { description: "How the viewer's mails are signed." })
export class SenderProfileType {
  @Field(() => String, { description: "The name beside the Support Email; empty: the agent's name." })
  displayName: string;

  @Field(() => String, { description: 'The signature.' })
  signature: string;

  @Field(() => SignedAs, { description: 'What becomes of it.' })
  signedAs: SignedAs;

  @Field(() => [Placeholder], { description: 'What both may use.' })
  placeholders: readonly Placeholder[];
}

@InputType({ description: 'The words of a kind of mail.' })
export class SaveMailTemplateInput {
  @Field(() => TemplateKind, { description: 'Which kind.' })
  kind: TemplateKind;

  @Field(() => String, { nullable: true, description: 'The words; null: back to the built-in ones.' })
  @IsOptional()
  @MaxLength(20_000)
  text?: string | null;
}

@InputType({ description: "How the viewer's mails are signed; what is left out stays." })
export class SaveSenderInput {
  @Field(() => String, { nullable: true, description: "The name beside the Support Email; empty: the agent's name." })
  @IsOptional()
  @MaxLength(120)
  displayName?: string | null;

  @Field(() => String, { nullable: true, description: 'The signature.' })
  @IsOptional()
  @MaxLength(4000)
  signature?: string | null;
}

@Resolver()
export class TemplateResolver {
  @Query(() => [MailTemplate], { description: "The desk's own words. Administrators, and tokens with settings:read." })
  async mailTemplates(@Ctx() ctx: GraphqlContext): Promise<MailTemplate[]> {
    return listTemplates(ctx);
  }

  @Query(() => TemplatePreview, {
    description: 'How a mail of these words would look; INVALID_INPUT names a wrong placeholder.',
  })
  previewTemplate(
    @Ctx() ctx: GraphqlContext,
    @Arg('kind', () => TemplateKind, { description: 'Which kind.' }) kind: TemplateKind,
    @Arg('text', () => String, { description: 'The words.' }) text: string,
  ): TemplatePreview {
    return previewTemplate(ctx, { kind, text });
  }

  @Mutation(() => MailTemplate, { description: 'Saves the words of a kind of mail.' })
  async saveMailTemplate(
    @Ctx() ctx: GraphqlContext,
    @Arg('input', () => SaveMailTemplateInput, { description: 'The words.' }) input: SaveMailTemplateInput,
  ): Promise<MailTemplate> {
    return saveTemplate(ctx, input);
  }

  @Query(() => SenderProfileType, { description: "How the viewer's mails are signed." })
  async mySender(@Ctx() ctx: GraphqlContext): Promise<SenderProfileType> {
    return withPlaceholders(await mySender(ctx));
  }

  @Mutation(() => SenderProfileType, { description: "Saves how the viewer's mails are signed." })
  async saveMySender(
    @Ctx() ctx: GraphqlContext,
    @Arg('input', () => SaveSenderInput, { description: 'What to save.' }) input: SaveSenderInput,
  ): Promise<SenderProfileType> {
    return withPlaceholders(await saveMySender(ctx, input));
  }
}

function withPlaceholders(profile: SenderProfile): SenderProfileType {
  return { ...profile, placeholders: SENDER_PLACEHOLDERS };
}
