import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Context } from '../platform/context.ts';

const MAC_BYTES = 16;
const MAX_TOKEN = 700;

/** Who wants no more mass mail, and by which mail it was said. */
export interface Unsubscriber {
  readonly recipientId: string;
  readonly address: string;
}

/** The address of the page where this addressee can say so; it needs no sign-in and works for ever. */
export function unsubscribeLink(ctx: Context, { id, address }: { id: string; address: string }): string {
  const claim = Buffer.from(`${id} ${address}`).toString('base64url');
  return `${ctx.config.publicUrl}/unsubscribe/${claim}.${macOf(ctx, claim).toString('base64url')}`;
}

/** Who a token was made for; null: it is not one of ours. Compared in constant time. */
export function readUnsubscribeToken(ctx: Context, token: string): Unsubscriber | null {
  if (token.length > MAX_TOKEN) return null;
  const [claim, mac, ...rest] = token.split('.');
  if (!claim || !mac || rest.length > 0) return null;
  const given = Buffer.from(mac, 'base64url');
  const wanted = macOf(ctx, claim);
  if (given.length !== wanted.length || !timingSafeEqual(given, wanted)) return null;
  const text = Buffer.from(claim, 'base64url').toString('utf8');
  const blank = text.indexOf(' ');
  return { recipientId: text.slice(0, blank), address: text.slice(blank + 1) };
}

function macOf(ctx: Context, claim: string): Buffer {
  const key = ctx.secrets.deriveKey('unsubscribe');
  return createHmac('sha256', key).update(claim).digest().subarray(0, MAC_BYTES);
}
