import { requireAgent } from '../accounts/account.policy.ts';
import { Agent } from '../accounts/agent.entity.ts';
import type { Context } from '../platform/context.ts';
import { transact } from '../platform/database.ts';
import { type FieldError, invalidInput } from '../platform/errors.ts';
import { readSettings } from '../settings/read-settings.ts';
import { requireKnown, SENDER_PLACEHOLDERS } from './mail-templates.ts';
import { renderText } from './render-template.ts';
import { SenderProfileRow } from './sender-profile.entity.ts';

const MAX_NAME = 120;
const MAX_SIGNATURE = 4000;

/** How a mail of an agent is signed, its placeholders filled in. */
export interface SignedAs {
  /** Beside the Support Email in From. */
  readonly name: string;
  readonly signature: string;
}

/** What an agent has set, and what becomes of it. */
export interface SenderProfile {
  readonly displayName: string;
  readonly signature: string;
  readonly signedAs: SignedAs;
}

/** How the mails of an agent are signed now. */
export async function signedAs(ctx: Context, agent: Pick<Agent, 'id' | 'name'>): Promise<SignedAs> {
  const row = (await ctx.db.findOneBy(SenderProfileRow, { agentId: agent.id })) ?? new SenderProfileRow();
  return fillIn(row, agent, (await readSettings(ctx)).supportEmail);
}

/** The viewer's own. @throws AppError UNAUTHENTICATED, FORBIDDEN for a program */
export async function mySender(ctx: Context): Promise<SenderProfile> {
  const agent = await ctx.db.findOneByOrFail(Agent, { id: requireAgent(ctx.actor) });
  const row = (await ctx.db.findOneBy(SenderProfileRow, { agentId: agent.id })) ?? new SenderProfileRow();
  const { displayName, signature } = row;
  return { displayName, signature, signedAs: fillIn(row, agent, (await readSettings(ctx)).supportEmail) };
}

/** Saves the viewer's own; what is left out stays. @throws AppError INVALID_INPUT for a line end in the name or an unknown placeholder */
export async function saveMySender(
  ctx: Context,
  input: { displayName?: string | null; signature?: string | null },
): Promise<SenderProfile> {
  const agentId = requireAgent(ctx.actor);
  const errors: FieldError[] = [];
  const { displayName, signature } = input;
  if (displayName && (displayName.length > MAX_NAME || /[\p{Cc}<>]/u.test(displayName)))
    errors.push({
      path: 'displayName',
      message: `A name stands on one line, without < and >, and has at most ${MAX_NAME} characters.`,
    });
  if (signature && signature.length > MAX_SIGNATURE)
    errors.push({ path: 'signature', message: `A signature has at most ${MAX_SIGNATURE} characters.` });
  if (errors.length > 0) throw invalidInput(errors);
  requireKnown('displayName', displayName ?? '', SENDER_PLACEHOLDERS);
  requireKnown('signature', signature ?? '', SENDER_PLACEHOLDERS);
  return transact(ctx, async (ctx) => {
    const row = (await ctx.db.findOneBy(SenderProfileRow, { agentId })) ?? new SenderProfileRow();
    Object.assign(row, { agentId });
    if (displayName !== undefined) row.displayName = (displayName ?? '').trim();
    if (signature !== undefined) row.signature = signature ?? '';
    await ctx.db.save(SenderProfileRow, row);
    return mySender(ctx);
  });
}

function fillIn(row: SenderProfileRow, agent: Pick<Agent, 'name'>, supportEmail: string | null): SignedAs {
  const values = new Map([
    ['agentName', agent.name],
    ['supportEmail', supportEmail ?? ''],
  ]);
  const name = renderText(row.displayName || '{{agentName}}', values).replace(/[\p{Cc}]+/gu, ' ');
  return { name: name.slice(0, 200), signature: renderText(row.signature, values) };
}
