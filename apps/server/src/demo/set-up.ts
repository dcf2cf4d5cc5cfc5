import { completeSetup, ensureSetupToken } from '../accounts/complete-setup.ts';
import type { App } from '../app.ts';
import { addSampleArticles } from '../knowledge-base/sample-articles.ts';
import { saveKnowledgeBase } from '../knowledge-base/save-knowledge-base.ts';
import { systemContext } from '../platform/context.ts';
import { saveSavedReply } from '../saved-replies/save-saved-reply.ts';
import { saveSettings } from '../settings/save-settings.ts';
import type { Pop3Account } from './pop3-server.ts';

/** The address of the desk, and who signs in. Nothing of it is secret: the demo listens on this machine alone. */
export const DEMO = {
  supportEmail: 'support@demo.example',
  administrator: { name: 'Dana Demo', email: 'dana@demo.example', password: 'demo demo demo' },
  mailbox: { user: 'support', password: 'demo' } satisfies Pop3Account,
} as const;

const SAVED_REPLIES = [
  {
    name: 'We look into it',
    html: '<p>Dear {{requesterName}},</p><p>thank you for writing. We look into your matter #{{number}} and answer by ____.</p>',
  },
  {
    name: 'Ask for a picture',
    html: '<p>Could you send us a picture of the screen? So you make one:</p><ul><li>Windows: the keys Windows and Print</li><li>Mac: the keys Shift, Command and 3</li></ul>',
  },
  {
    name: 'Solved?',
    html: '<p>Does it work now? If not, answer this mail; your matter is then open again.</p>',
  },
];

/** Sets the product up by its own use cases where it is fresh; the ports hold at every start. Returns whether it was fresh. */
export async function setUp(app: App, ports: { pop3: number; smtp: number }): Promise<boolean> {
  const ctx = systemContext(app.services);
  const setupToken = await ensureSetupToken(app.services);
  if (setupToken !== null) {
    await completeSetup(ctx, { ...DEMO.administrator, setupToken, ip: '127.0.0.1' });
    const { id } = await saveKnowledgeBase(ctx, { name: 'Help', description: 'Answers to what people ask us most.' });
    await addSampleArticles(ctx, id);
    for (const reply of SAVED_REPLIES) await saveSavedReply(ctx, { ...reply, reach: 'EVERYBODY' });
    await saveSettings(ctx, {
      defaultKnowledgeBaseId: id,
      defaultSupportKnowledgeBaseId: id,
      spamEntries: ['spam.example'],
      highlightEntries: ['northwind.example'],
      pollIntervalSeconds: 5,
    });
  }
  await saveSettings(ctx, mailSettings(ports));
  return setupToken !== null;
}

/** Settings that make a desk collect from and send through the servers of the demo. */
export function mailSettings(ports: { pop3: number; smtp: number }) {
  return {
    supportEmail: DEMO.supportEmail,
    pop3Host: '127.0.0.1',
    pop3Port: ports.pop3,
    pop3Security: 'NONE',
    pop3User: DEMO.mailbox.user,
    pop3Password: DEMO.mailbox.password,
    smtpHost: '127.0.0.1',
    smtpPort: ports.smtp,
    smtpSecurity: 'NONE',
  } as const;
}
