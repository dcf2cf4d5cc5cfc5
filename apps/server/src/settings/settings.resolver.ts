import { defaultFloor } from '@support-center/suggest';
import { Arg, Ctx, Field, FieldResolver, Float, InputType, Mutation, Query, Resolver, Root } from 'type-graphql';
import { requireScope } from '../accounts/account.policy.ts';
import type { GraphqlContext } from '../platform/graphql-context.ts';
import { checkDkimDns, DkimDnsCheck } from './check-dkim-dns.ts';
import { dkimRecord, makeDkimKey } from './dkim-key.ts';
import { PgpKey } from './pgp-key.entity.ts';
import { removePgpKey } from './pgp-keys.ts';
import { readSettings, type SupportSettings } from './read-settings.ts';
import { saveSettings } from './save-settings.ts';
import { SupportSettingsInput } from './settings.inputs.ts';
import { DnsRecord, MailboxTest, SettingsProblem, SupportSettingsType } from './settings.type.ts';
import { collectionProblems, sendingProblems } from './settings-problems.ts';
import { tryMailbox } from './try-mailbox.ts';

@InputType({ description: 'Which key to remove.' })
export class RemovePgpKeyInput {
  @Field(() => String, { description: 'Its fingerprint.' })
  fingerprint: string;
}

@Resolver(() => SupportSettingsType)
export class SettingsResolver {
  @Query(() => SupportSettingsType, {
    description: 'The settings of the desk. Administrators, and tokens with settings:read.',
  })
  async supportSettings(@Ctx() ctx: GraphqlContext): Promise<SupportSettings> {
    requireScope(ctx.actor, 'settings:read');
    return readSettings(ctx);
  }

  @Mutation(() => SupportSettingsType, {
    description: 'Saves settings: all that is given, or nothing with an error per wrong field.',
  })
  async saveSupportSettings(
    @Ctx() ctx: GraphqlContext,
    @Arg('input', () => SupportSettingsInput, { description: 'What to save.' }) input: SupportSettingsInput,
  ): Promise<SupportSettings> {
    return saveSettings(ctx, input);
  }

  @Mutation(() => MailboxTest, { description: 'Tries the given or the saved mailbox. Never fetches or deletes mail.' })
  async testMailbox(
    @Ctx() ctx: GraphqlContext,
    @Arg('input', () => SupportSettingsInput, { nullable: true, description: 'Values that are not saved yet.' })
    input: SupportSettingsInput | null,
  ): Promise<MailboxTest> {
    return tryMailbox(ctx, input ?? {});
  }

  @Mutation(() => Boolean, { description: 'Removes a key that opened encrypted letters. Administrators only.' })
  async removePgpKey(
    @Ctx() ctx: GraphqlContext,
    @Arg('input', () => RemovePgpKeyInput, { description: 'Which key.' }) input: RemovePgpKeyInput,
  ): Promise<boolean> {
    return removePgpKey(ctx, input.fingerprint);
  }

  @FieldResolver(() => [PgpKey], { description: 'The public sides of the keys that open encrypted letters.' })
  async pgpKeys(@Ctx() ctx: GraphqlContext): Promise<PgpKey[]> {
    return ctx.db.find(PgpKey, { order: { addedAt: 'DESC' } });
  }

  @FieldResolver(() => Float, { description: 'Least confidence of a suggestion, 0 to 1.' })
  suggestionFloor(@Root() settings: SupportSettings): number {
    return settings.suggestionFloor ?? defaultFloor;
  }

  @Mutation(() => DnsRecord, {
    description:
      'Makes a new DKIM key for the saved domain and selector, and says what to publish. Administrators only.',
  })
  async makeDkimKey(@Ctx() ctx: GraphqlContext): Promise<DnsRecord> {
    return makeDkimKey(ctx);
  }

  @Mutation(() => DkimDnsCheck, {
    description:
      'Looks whether the record of the DKIM key is published as it should be; changes nothing. Administrators only.',
  })
  async checkDkimDns(@Ctx() ctx: GraphqlContext): Promise<DkimDnsCheck> {
    return checkDkimDns(ctx);
  }

  @FieldResolver(() => DnsRecord, {
    nullable: true,
    description: 'What to publish for the DKIM key; null: none holds.',
  })
  async dkimRecord(@Root() settings: SupportSettings, @Ctx() ctx: GraphqlContext): Promise<DnsRecord | null> {
    return dkimRecord(ctx, settings);
  }

  @FieldResolver(() => [SettingsProblem], { description: 'What keeps mail from being collected or sent now.' })
  problems(@Root() settings: SupportSettings): SettingsProblem[] {
    return [...collectionProblems(settings), ...sendingProblems(settings)];
  }
}
