import type { FastifyInstance } from 'fastify';
import { BlobRow } from '../platform/blob.entity.ts';
import type { Services } from '../platform/context.ts';
import { sendBlob, sendBytes } from '../platform/downloads.ts';
import type { Authenticate } from '../platform/graphql.ts';
import { Message } from '../tickets/message.entity.ts';
import { nothingHere, readerContext, UUID } from '../tickets/ticket.routes.ts';
import { InboundMail } from './inbound-mail.entity.ts';
import { readAgain } from './retry-decryption.ts';

/** Raw letters as they came, and attachments of letters that are opened for reading only, for who may see tickets. */
export function intakeRoutes(app: FastifyInstance, services: Services, authenticate: Authenticate): void {
  app.get<{ Params: { id: string } }>('/raw/:id', async (request, reply) => {
    const ctx = await readerContext(services, authenticate, request);
    const mail =
      ctx && UUID.test(request.params.id) ? await ctx.db.findOneBy(InboundMail, { id: request.params.id }) : null;
    const blob = mail && (await ctx!.db.findOneBy(BlobRow, { id: mail.rawBlobId }));
    if (!ctx || !mail || !blob) return nothingHere(reply);
    return sendBlob(ctx, request, reply, {
      blobId: blob.id,
      name: `letter-${mail.id.slice(0, 8)}.eml`,
      sizeBytes: blob.sizeBytes,
      mayShowInline: false,
    });
  });

  app.get<{ Params: { messageId: string; index: string } }>('/opened/:messageId/:index', async (request, reply) => {
    const ctx = await readerContext(services, authenticate, request);
    const { messageId, index } = request.params;
    const isKnown = ctx && UUID.test(messageId) && (await ctx.db.existsBy(Message, { id: messageId, kind: 'INBOUND' }));
    if (!ctx || !isKnown || !/^\d{1,3}$/.test(index)) return nothingHere(reply);
    const { understood } = await readAgain(ctx, messageId);
    const file = understood.attachments[Number(index)];
    return file ? sendBytes(reply, { bytes: file.content, name: file.name }) : nothingHere(reply);
  });
}
