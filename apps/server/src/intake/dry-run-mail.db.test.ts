import { expect, test } from 'vitest';
import { describeEachDatabase, type TestWorld } from '../../test/context.ts';
import { agentActor, buildAgent, letterBytes, receiveLetter, receiveTicket, saveDesk } from '../../test/factories.ts';
import { dryRunMail, MAX_TRIED_BYTES } from './dry-run-mail.ts';
import { understandMail } from './understand-mail.ts';
import type { UnderstandTask } from './understood-mail.ts';

const handler = (task: never) => understandMail(task as UnderstandTask);

/** Every row of every table. */
async function everything(world: TestWorld): Promise<string> {
  const { writer } = world.services.database;
  const tables: [string, unknown][] = [];
  for (const { tableName } of writer.entityMetadatas)
    tables.push([tableName, await writer.query(`SELECT * FROM ${writer.driver.escape(tableName)} ORDER BY 1, 2`)]);
  return JSON.stringify(tables);
}

describeEachDatabase(
  'a letter that is only tried',
  (world) => {
    async function desk() {
      const ctx = world().ctx();
      await saveDesk(ctx);
      const admin = world().ctx(agentActor(await buildAgent(ctx)));
      const ticket = await receiveTicket(ctx, { subject: 'Printer on fire' });
      return { ctx, admin, ticket };
    }
    const source = (parts = {}) => letterBytes(parts).toString();

    test('tells what would become of it and writes nothing into any table', async () => {
      const { admin, ticket } = await desk();
      const before = await everything(world());
      const joined = await dryRunMail(admin, { source: source({ subject: 'Re: Printer on fire' }) });
      expect(joined).toMatchObject({ fate: 'JOINED', ticketId: ticket.id, newSender: false, confirmed: false });
      const text = 'New words.\n\nOn Monday, Support wrote:\n> Old words.';
      const opened = await dryRunMail(admin, {
        sourceBase64: letterBytes({ from: 'Ben <ben@other.example>', subject: 'Lamp', text }).toString('base64'),
      });
      expect(opened).toMatchObject({
        fate: 'TICKETED',
        confirmed: true,
        kind: 'HUMAN',
        from: 'ben@other.example',
        fromName: 'Ben',
        subject: 'Lamp',
        newText: 'New words.',
      });
      const blocked = await dryRunMail(admin, { source: source(), settings: { spamEntries: ['acme.example'] } });
      expect(blocked).toMatchObject({ fate: 'BLOCKED', confirmed: false });
      expect(await everything(world())).toBe(before);
    });

    test('is judged by settings that are not saved yet, and by those of now without them', async () => {
      const { admin, ticket } = await desk();
      const letter = source({ from: 'ben@other.example', subject: 'Re: Printer on fire' });
      expect(await dryRunMail(admin, { source: letter })).toMatchObject({ fate: 'TICKETED', confirmed: true });
      expect(await dryRunMail(admin, { source: letter, settings: { ignoreSenderAddress: true } })).toMatchObject({
        fate: 'JOINED',
        ticketId: ticket.id,
        newSender: true,
      });
      expect(await dryRunMail(admin, { source: letter, settings: { suppressConfirmations: true } })).toMatchObject({
        fate: 'TICKETED',
        confirmed: false,
      });
      await expect(dryRunMail(admin, { source: letter, settings: { supportEmail: 'nonsense' } })).rejects.toMatchObject(
        { code: 'INVALID_INPUT', fields: [{ path: 'settings.supportEmail' }] },
      );
    });

    test('from the ledger is judged as if it had not come before', async () => {
      const { ctx, admin, ticket } = await desk();
      const mail = await receiveLetter(ctx, { subject: 'Coffee machine', from: 'ben@other.example' });
      expect(await dryRunMail(admin, { inboundMailId: mail.id })).toMatchObject({ fate: 'TICKETED', warnings: [] });
      const follow = await receiveLetter(ctx, { subject: 'Re: Printer on fire' });
      expect(await dryRunMail(admin, { inboundMailId: follow.id })).toMatchObject({
        fate: 'JOINED',
        ticketId: ticket.id,
      });
    });

    test('and was stored before says so', async () => {
      const { ctx, admin } = await desk();
      const bytes = letterBytes({ subject: 'Twice' });
      const mail = await receiveLetter(ctx, bytes);
      expect((await dryRunMail(admin, { source: bytes.toString() })).duplicateOf?.id).toBe(mail.id);
    });

    test('is one letter of at most 1 MiB', async () => {
      const { admin } = await desk();
      const invalid = { code: 'INVALID_INPUT' };
      const padded = (length: number) => `From: a@b.example\r\n\r\n${'x'.repeat(length)}`.slice(0, length);
      expect(await dryRunMail(admin, { source: padded(MAX_TRIED_BYTES) })).toMatchObject({ fate: 'TICKETED' });
      await expect(dryRunMail(admin, { source: padded(MAX_TRIED_BYTES + 1) })).rejects.toMatchObject(invalid);
      await expect(dryRunMail(admin, {})).rejects.toMatchObject(invalid);
      await expect(dryRunMail(admin, { source: 'x', sourceBase64: 'eA==' })).rejects.toMatchObject(invalid);
      await expect(dryRunMail(admin, { sourceBase64: 'not base64!' })).rejects.toMatchObject(invalid);
      await expect(dryRunMail(admin, { inboundMailId: 'x' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    });

    test('is for administrators', async () => {
      const { ctx } = await desk();
      const assistant = world().ctx(agentActor(await buildAgent(ctx, { role: 'ASSISTANT' })));
      await expect(dryRunMail(assistant, { source: source() })).rejects.toMatchObject({ code: 'FORBIDDEN' });
      const reader = world().ctx({ kind: 'token', tokenId: 't', scopes: new Set(['settings:read']) });
      await expect(dryRunMail(reader, { source: source() })).rejects.toMatchObject({ code: 'FORBIDDEN' });
    });
  },
  { handler },
);
