import type { FastifyInstance, FastifyReply } from 'fastify';
import { hasScope } from '../accounts/account.policy.ts';
import { BlobTooLargeError } from '../platform/blobs.ts';
import { SLOW_BODY_MS } from '../platform/body-deadline.ts';
import { makeContext, type Services } from '../platform/context.ts';
import { sendBlob } from '../platform/downloads.ts';
import { AppError } from '../platform/errors.ts';
import { type Authenticate, credentialsOf, foreignRequest } from '../platform/graphql.ts';
import { nothingHere, UUID } from './ticket.routes.ts';
import { Upload } from './upload.entity.ts';
import { ownerOf, receiveUpload, removeUpload, UPLOAD_LIMITS } from './uploads.ts';

const MAX_NAME = 1000;

/** Where files for a mail are sent up as they are, seen again by who sent them, and taken back. */
export function uploadRoutes(app: FastifyInstance, services: Services, authenticate: Authenticate): void {
  void app.register(async (scope) => {
    scope.addContentTypeParser('application/octet-stream', (_request, payload, done) => done(null, payload));

    scope.post<{ Querystring: { name?: string }; Body: AsyncIterable<Buffer> | undefined }>(
      '/attachments',
      { bodyLimit: UPLOAD_LIMITS.fileBytes + 1, config: { bodyMs: SLOW_BODY_MS } },
      async (request, reply) => {
        const refusal = foreignRequest(request, services.config.publicUrl);
        if (refusal !== null) return refuse(reply, 403, 'FORBIDDEN', refusal);
        const ctx = makeContext(services, await authenticate(services, credentialsOf(request)));
        const declared = request.headers['x-file-type'];
        const name = String(request.query.name ?? '').slice(0, MAX_NAME);
        const mimeType = typeof declared === 'string' ? declared : '';
        try {
          const upload = await receiveUpload(ctx, { name, mimeType }, request.body ?? emptyBody());
          return await reply.code(201).send(shown(upload));
        } catch (error) {
          if (!(error instanceof BlobTooLargeError)) throw error;
          const message = `A file has at most ${UPLOAD_LIMITS.fileBytes / 1_000_000} MB. It was not kept.`;
          return refuse(reply.header('connection', 'close'), 413, 'INVALID_INPUT', message);
        }
      },
    );

    scope.delete<{ Params: { id: string } }>('/attachments/:id', async (request, reply) => {
      const refusal = foreignRequest(request, services.config.publicUrl);
      if (refusal !== null) return refuse(reply, 403, 'FORBIDDEN', refusal);
      const ctx = makeContext(services, await authenticate(services, credentialsOf(request)));
      const isGone = UUID.test(request.params.id) && (await removeUpload(ctx, request.params.id));
      return isGone ? reply.code(204).send() : nothingHere(reply);
    });

    scope.get<{ Params: { id: string } }>('/uploads/:id', async (request, reply) => {
      const actor = await authenticate(services, credentialsOf(request));
      const ctx = makeContext(services, actor);
      const mayLook = hasScope(actor, 'tickets:write') && UUID.test(request.params.id);
      const upload = mayLook ? await ctx.db.findOneBy(Upload, { id: request.params.id, owner: ownerOf(actor) }) : null;
      return upload ? sendBlob(ctx, request, reply, { ...upload, mayShowInline: true }) : nothingHere(reply);
    });
  });
}

function shown({ id, name, mimeType, sizeBytes }: Upload): object {
  return { id, name, mimeType, sizeBytes, url: `/uploads/${id}` };
}

function refuse(reply: FastifyReply, status: number, code: AppError['code'], message: string): FastifyReply {
  return reply.code(status).send({ errors: [{ message, extensions: { code } }] });
}

async function* emptyBody(): AsyncGenerator<Buffer> {}
