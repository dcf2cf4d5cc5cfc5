import { describe, expect, test } from 'vitest';
import { describeEachDatabase } from '../../test/context.ts';
import { agentActor, buildAgent } from '../../test/factories.ts';
import { checkSettings } from './check-settings.ts';
import { MailboxSecret } from './mailbox-secret.entity.ts';
import { readMailboxSecret, readSettings } from './read-settings.ts';
import { saveSettings } from './save-settings.ts';
import type { SupportSettingsInput } from './settings.inputs.ts';
import { collectionProblems } from './settings-problems.ts';

describe('a settings form', () => {
  test.each<[SupportSettingsInput, string]>([
    [{ supportEmail: 'not an address' }, 'supportEmail'],
    [{ supportEmail: 'a@b.example, c@d.example' }, 'supportEmail'],
    [{ defaultEmailFrom: 'news' }, 'defaultEmailFrom'],
    [{ pop3Host: 'http://mail.example' }, 'pop3Host'],
    [{ pop3Host: 'mail example' }, 'pop3Host'],
    [{ smtpHost: 'a'.repeat(254) }, 'smtpHost'],
    [{ pop3Port: 0 }, 'pop3Port'],
    [{ smtpPort: 65_536 }, 'smtpPort'],
    [{ pop3User: 'a\r\nDELE 1' }, 'pop3User'],
    [{ pop3User: 'u'.repeat(255) }, 'pop3User'],
    [{ pop3Password: 'a\nb' }, 'pop3Password'],
    [{ smtpPassword: 'p'.repeat(1025) }, 'smtpPassword'],
    [{ pollIntervalSeconds: 4 }, 'pollIntervalSeconds'],
    [{ pollIntervalSeconds: 86_401 }, 'pollIntervalSeconds'],
    [{ closeAnsweredAfterDays: -2 }, 'closeAnsweredAfterDays'],
    [{ closeAnsweredAfterDays: 0 }, 'closeAnsweredAfterDays'],
    [{ closeAnsweredAfterDays: 1.5 }, 'closeAnsweredAfterDays'],
    [{ closeAnsweredAfterDays: 3651 }, 'closeAnsweredAfterDays'],
    [{ maxSuggestions: -1 }, 'maxSuggestions'],
    [{ maxSuggestions: 21 }, 'maxSuggestions'],
    [{ subjectMatchDays: 0 }, 'subjectMatchDays'],
    [{ authservId: 'mx one; dmarc=pass' }, 'authservId'],
    [{ suggestionFloor: 1.1 }, 'suggestionFloor'],
    [{ suggestionFloor: -0.1 }, 'suggestionFloor'],
    [{ highlightEntries: ['acme'] }, 'highlightEntries'],
    [{ spamEntries: ['ok.example', 'http://x'] }, 'spamEntries'],
  ])('refuses %j in its field', (input, path) => {
    expect(checkSettings(input).errors.map((error) => error.path)).toEqual([path]);
  });

  test('names every wrong field at once', () => {
    expect(checkSettings({ supportEmail: 'x', pop3Port: 0, maxSuggestions: 99 }).errors).toHaveLength(3);
  });

  test.each<[SupportSettingsInput, object]>([
    [{ closeAnsweredAfterDays: null }, { closeAnsweredAfterDays: null }],
    [{ closeAnsweredAfterDays: -1 }, { closeAnsweredAfterDays: -1 }],
    [{ closeAnsweredAfterDays: 1 }, { closeAnsweredAfterDays: 1 }],
    [{ closeAnsweredAfterDays: 3650 }, { closeAnsweredAfterDays: 3650 }],
    [{ maxSuggestions: 0 }, { maxSuggestions: 0 }],
    [{ maxSuggestions: 20 }, { maxSuggestions: 20 }],
    [{ subjectMatchDays: null }, { subjectMatchDays: 90 }],
    [{ authservId: ' MX.Desk.example ' }, { authservId: 'mx.desk.example' }],
    [{ suggestionFloor: 0.5 }, { suggestionFloor: 0.5 }],
    [{ suggestionFloor: null }, { suggestionFloor: null }],
    [
      { highlightEntries: ['ACME.com, *.Globex.example;@a.example\nbob@B.example', 'müller.example'] },
      { highlightEntries: ['acme.com', '*.globex.example', '@a.example', 'bob@b.example', 'xn--mller-kva.example'] },
    ],
    [{}, {}],
  ])('takes %j', (input, settings) => {
    expect(checkSettings(input)).toMatchObject({ settings, errors: [] });
  });

  test('takes hosts, addresses and ports in their stored spelling', () => {
    expect(
      checkSettings({
        supportEmail: ' Support@DESK.example ',
        pop3Host: 'Mail.Example.',
        pop3Port: 65_535,
        pollIntervalSeconds: 5,
      }).mailbox,
    ).toEqual({
      supportEmail: 'support@desk.example',
      pop3Host: 'mail.example',
      pop3Port: 65_535,
      pollIntervalSeconds: 5,
    });
  });
});

test('each missing required parameter is said in a sentence, and only those', () => {
  const whole = {
    supportEmail: 'a@b.example',
    pop3Host: 'h',
    pop3User: 'u',
    pop3PasswordIsSet: true,
    smtpHost: null,
    smtpUser: null,
    smtpPasswordIsSet: false,
  };
  expect(collectionProblems(whole)).toEqual([]);
  for (const [change, field] of [
    [{ supportEmail: null }, 'supportEmail'],
    [{ pop3Host: null }, 'pop3Host'],
    [{ pop3User: null }, 'pop3User'],
    [{ pop3PasswordIsSet: false }, 'pop3Password'],
  ] as const) {
    expect(collectionProblems({ ...whole, ...change })).toMatchObject([{ field }]);
  }
});

describeEachDatabase('saved settings', (world) => {
  const asAdmin = async () => world().ctx(agentActor(await buildAgent(world().ctx())));

  test('begin with the documented defaults', async () => {
    expect(await readSettings(world().ctx())).toMatchObject({
      pop3Port: 995, pop3Security: 'TLS', pollIntervalSeconds: 60, smtpPort: 587, smtpSecurity: 'STARTTLS', closeAnsweredAfterDays: 7,
      showAnswered: true, showOnHold: true, maxSuggestions: 5, suppressConfirmations: false, ignoreSenderAddress: false, highlightEntries: [], spamEntries: [],
    }); // biome-ignore format: a table
  });

  test('stay where they are left out, and are cleared by null', async () => {
    const ctx = await asAdmin();
    await saveSettings(ctx, { supportEmail: 'a@b.example', pop3Host: 'h.example', closeAnsweredAfterDays: null });
    await saveSettings(ctx, { pop3Host: null, showOnHold: false });
    expect(await readSettings(ctx)).toMatchObject({
      supportEmail: 'a@b.example',
      pop3Host: null,
      closeAnsweredAfterDays: null,
      showOnHold: false,
      showAnswered: true,
    });
  });

  test('are all kept or none', async () => {
    const ctx = await asAdmin();
    await expect(saveSettings(ctx, { supportEmail: 'new@b.example', maxSuggestions: 99 })).rejects.toMatchObject({
      code: 'INVALID_INPUT',
      fields: [{ path: 'maxSuggestions' }],
    });
    expect((await readSettings(ctx)).supportEmail).toBeNull();
  });

  test('hold passwords sealed; empty leaves them, null removes them', async () => {
    const ctx = await asAdmin();
    await saveSettings(ctx, { pop3Password: 'very-secret-1' });
    await saveSettings(ctx, { pop3Password: '', smtpPassword: 'very-secret-2' });
    const rows = await ctx.db.find(MailboxSecret);
    expect(JSON.stringify(rows)).not.toContain('very-secret');
    expect([await readMailboxSecret(ctx, 'POP3'), await readMailboxSecret(ctx, 'SMTP')]).toEqual([
      'very-secret-1',
      'very-secret-2',
    ]);
    expect(JSON.stringify(await readSettings(ctx))).not.toContain('very-secret');
    await saveSettings(ctx, { pop3Password: null });
    expect(await readSettings(ctx)).toMatchObject({ pop3PasswordIsSet: false, smtpPasswordIsSet: true });
  });

  test('are for administrators', async () => {
    const assistant = world().ctx(agentActor(await buildAgent(world().ctx(), { role: 'ASSISTANT' })));
    await expect(saveSettings(assistant, { maxSuggestions: 1 })).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });
});
