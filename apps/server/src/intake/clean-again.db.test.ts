import { SAFE_HTML_VERSION } from '@support-center/mail';
import { expect, test } from 'vitest';
import { describeEachDatabase } from '../../test/context.ts';
import { messagesOf, receiveTicket, runDue, saveDesk } from '../../test/factories.ts';
import { transact } from '../platform/database.ts';
import { Message } from '../tickets/message.entity.ts';
import { pgpState } from '../tickets/pgp-state.ts';
import { cleanAgain, requestCleaning } from './clean-again.job.ts';
import { understandMail } from './understand-mail.ts';
import type { UnderstandTask } from './understood-mail.ts';

describeEachDatabase(
  'HTML that older rules have cleaned',
  (world) => {
    test('is cleaned by the rules of today: from the letter where it can be read, else from what was kept', async () => {
      const ctx = world().ctx();
      await saveDesk(ctx, { suppressConfirmations: true });
      const headers = ['Content-Type: text/html'];
      const open = async (n: number) => {
        const { id } = await receiveTicket(ctx, {
          from: `u${n}@acme.example`,
          subject: `Matter ${n}`,
          headers,
          text: `<p>Hello ${n}</p>`,
        });
        return (await messagesOf(ctx, id))[0]!;
      };
      const [plain, encrypted, current] = [await open(1), await open(2), await open(3)];
      const old = { html: '<p>old</p><script>1</script>', htmlVersion: SAFE_HTML_VERSION - 1 };
      const pgp = pgpState({ encrypted: true, decrypted: true });
      await transact(ctx, async ({ db }) => {
        await db.update(Message, { id: plain.id }, old);
        await db.update(Message, { id: encrypted.id }, { ...old, pgp });
        await db.update(Message, { id: current.id }, { html: '<p>as it is</p>' });
      });
      await requestCleaning(ctx);
      await runDue(ctx, cleanAgain);
      const htmlOf = async ({ id }: Message) => {
        const { html, htmlVersion } = await ctx.db.findOneByOrFail(Message, { id });
        return [html, htmlVersion];
      };
      expect([await htmlOf(plain), await htmlOf(encrypted), await htmlOf(current)]).toEqual([
        ['<p>Hello 1</p>\r\n', SAFE_HTML_VERSION],
        ['<p>old</p>', SAFE_HTML_VERSION],
        ['<p>as it is</p>', SAFE_HTML_VERSION],
      ]);
    });
  },
  { handler: (task: never) => understandMail(task as UnderstandTask) },
);
