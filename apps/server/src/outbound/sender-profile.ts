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

/** What an agent gives; what is left out stays. */
export interface SenderWords {
  readonly displayName?: string | null;
  readonly signature?: string | null;
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
export async function saveMySender(ctx: Context, input: SenderWords): Promise<SenderProfile> {
  const agentId = requireAgent(ctx.actor);
  checkSender(input);
  const { displayName, signature } = input;
  return transact(ctx, async (ctx) => {
    const row = (await ctx.db.findOneBy(SenderProfileRow, { agentId })) ?? new SenderProfileRow();
    Object.assign(row, { agentId });
    if (displayName !== undefined) row.displayName = (displayName ?? '').trim();
    if (signature !== undefined) row.signature = signature ?? '';
    await ctx.db.save(SenderProfileRow, row);
    return mySender(ctx);
  });
}

/** @throws AppError INVALID_INPUT for a line end in the name, an unknown placeholder or too many characters */
export function checkSender({ displayName, signature }: SenderWords): void {
  const errors: FieldError[] = [];
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
}

/** Name and signature of an agent with their placeholders filled in. Pure. */
export function fillIn(
  row: Pick<SenderProfileRow, 'displayName' | 'signature'>,
  agent: Pick<Agent, 'name'>,
  supportEmail: string | null,
): SignedAs {
  const values = new Map([
    ['agentName', agent.name],
    ['supportEmail', supportEmail ?? ''],
  ]);
  const name = renderText(row.displayName || '{{agentName}}', values).replace(/[\p{Cc}]+/gu, ' ');
  return { name: name.slice(0, 200), signature: renderText(row.signature, values) };
}
