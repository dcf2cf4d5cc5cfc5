import { requireAgent } from '../accounts/account.policy.ts';
import { Agent } from '../accounts/agent.entity.ts';
import type { Context } from '../platform/context.ts';
import { readSettings } from '../settings/read-settings.ts';
import { TEMPLATE_SAMPLES, templateText } from './mail-templates.ts';
import { renderText } from './render-template.ts';
import { SenderProfileRow } from './sender-profile.entity.ts';
import { checkSender, fillIn, type SenderWords } from './sender-profile.ts';

/** How a reply of the viewer would look. */
export interface SenderPreview {
  /** Name and address, as a mail program shows them. */
  readonly from: string;
  /** An example reply in the desk's frame. */
  readonly text: string;
}

/**
 * How a reply of the viewer would look with these words, saved or not, inside the frame that holds now. Writes nothing.
 * @throws AppError UNAUTHENTICATED, INVALID_INPUT as for saving
 */
export async function previewSender(ctx: Context, words: SenderWords): Promise<SenderPreview> {
  const agent = await ctx.db.findOneByOrFail(Agent, { id: requireAgent(ctx.actor) });
  checkSender(words);
  const row = (await ctx.db.findOneBy(SenderProfileRow, { agentId: agent.id })) ?? new SenderProfileRow();
  const { supportEmail } = await readSettings(ctx);
  const { name, signature } = fillIn(
    {
      displayName: words.displayName === undefined ? row.displayName : (words.displayName ?? '').trim(),
      signature: words.signature === undefined ? row.signature : (words.signature ?? ''),
    },
    agent,
    supportEmail,
  );
  const values = new Map([
    ...TEMPLATE_SAMPLES,
    ['agentName', agent.name] as const,
    ['supportEmail', supportEmail ?? ''] as const,
    ['signature', signature] as const,
  ]);
  return {
    from: supportEmail ? `${name} <${supportEmail}>` : name,
    text: renderText(await templateText(ctx, 'REPLY_FRAME'), values),
  };
}
