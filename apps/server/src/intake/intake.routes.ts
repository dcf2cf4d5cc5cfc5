import type { FastifyInstance } from 'fastify';
import { BlobRow } from '../platform/blob.entity.ts';
import type { Services } from '../platform/context.ts';
import { sendBlob } from '../platform/downloads.ts';
import type { Authenticate } from '../platform/graphql.ts';
import { nothingHere, readerContext, UUID } from '../tickets/ticket.routes.ts';
import { InboundMail } from './inbound-mail.entity.ts';

/** Raw letters as they came, for who may see tickets. */
export function intakeRoutes(app: FastifyInstance, services: Services, authenticate: Authenticate): void {
  app.get<{ Params: { id: string } }>('/raw/:id', async (request, reply) => {
    const ctx = await readerContext(services, authenticate, request);
    const mail =
      ctx && UUID.test(request.params.id) ? await ctx.db.findOneBy(InboundMail, { id: request.params.id }) : null;
    const blob = mail && (await ctx!.db.findOneBy(BlobRow, { id: mail.rawBlobId }));
    if (!ctx || !mail || !blob) return nothingHere(reply);
    return sendBlob(ctx, reply, {
      blobId: blob.id,
      name: `letter-${mail.id.slice(0, 8)}.eml`,
      sizeBytes: blob.sizeBytes,
      mayShowInline: false,
    });
  });
}
