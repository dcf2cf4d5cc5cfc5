import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { hasScope } from '../accounts/account.policy.ts';
import { type Context, makeContext, type Services } from '../platform/context.ts';
import { sendBlob } from '../platform/downloads.ts';
import { type Authenticate, credentialsOf } from '../platform/graphql.ts';
import { Attachment } from './attachment.entity.ts';
import { mailDocument, mailDocumentPolicy } from './mail-document.ts';
import { Message } from './message.entity.ts';
import { mayLoadImages } from './pgp-state.ts';

/** What an id looks like in an address. */
export const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const MAX_CONTENT_ID = 255;

/** Downloads of attachments, and the safe HTML of letters as pages of their own. Who may not see them gets 404. */
export function ticketRoutes(app: FastifyInstance, services: Services, authenticate: Authenticate): void {
  app.get<{ Params: { id: string } }>('/a/:id', async (request, reply) => {
    const ctx = await readerContext(services, authenticate, request);
    const attachment =
      ctx && UUID.test(request.params.id) ? await ctx.db.findOneBy(Attachment, { id: request.params.id }) : null;
    return attachment ? sendBlob(ctx!, request, reply, { ...attachment, mayShowInline: true }) : nothingHere(reply);
  });

  app.get<{ Params: { inboundMailId: string; contentId: string } }>(
    '/a/inline/:inboundMailId/:contentId',
    async (request, reply) => {
      const ctx = await readerContext(services, authenticate, request);
      const { inboundMailId, contentId } = request.params;
      if (!ctx || !UUID.test(inboundMailId) || contentId.length > MAX_CONTENT_ID) return nothingHere(reply);
      const message = await ctx.db.findOne(Message, { where: { inboundMailId }, select: { id: true } });
      // Images of our own mails are named by the id of their attachment, twice.
      const attachment = message
        ? await ctx.db.findOneBy(Attachment, { messageId: message.id, contentId })
        : inboundMailId === contentId && (await ctx.db.findOneBy(Attachment, { id: contentId }));
      return attachment ? sendBlob(ctx, request, reply, { ...attachment, mayShowInline: true }) : nothingHere(reply);
    },
  );

  app.get<{ Params: { id: string }; Querystring: { images?: string; hidden?: string } }>(
    '/m/:id',
    async (request, reply) => {
      const ctx = await readerContext(services, authenticate, request);
      const message =
        ctx && UUID.test(request.params.id) ? await ctx.db.findOneBy(Message, { id: request.params.id }) : null;
      if (!message || message.html === null) return nothingHere(reply);
      const showImages = request.query.images === '1' && mayLoadImages(message.pgp);
      return reply
        .type('text/html; charset=utf-8')
        .header('content-security-policy', mailDocumentPolicy(showImages))
        .header('x-frame-options', 'SAMEORIGIN')
        .header('cache-control', 'private, no-store')
        .send(mailDocument(message.html, { showImages, showHidden: request.query.hidden === '1' }));
    },
  );
}

/** A context that may read tickets; null: the request may not. */
export async function readerContext(
  services: Services,
  authenticate: Authenticate,
  request: FastifyRequest,
): Promise<Context | null> {
  const actor = await authenticate(services, credentialsOf(request));
  return hasScope(actor, 'tickets:read') ? makeContext(services, actor) : null;
}

/** The same answer for what is not there and for what may not be seen. */
export async function nothingHere(reply: FastifyReply): Promise<FastifyReply> {
  return reply.code(404).type('text/plain').send('There is nothing at this address.\n');
}
