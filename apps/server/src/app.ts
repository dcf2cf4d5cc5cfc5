import { openPop3 } from '@support-center/pop3';
import { authenticate } from './accounts/authenticate.ts';
import { ensureSetupToken } from './accounts/complete-setup.ts';
import { sweepSessions } from './accounts/sessions.ts';
import { entities } from './entities.ts';
import { cleanAgain, requestCleaning } from './intake/clean-again.job.ts';
import { collectMailbox, requestCollection } from './intake/collect-mailbox.job.ts';
import { collectOnSave } from './intake/collect-on-save.job.ts';
import { intakeRoutes } from './intake/intake.routes.ts';
import { sweepMailboxLog } from './intake/mailbox-status.ts';
import { processMail } from './intake/process-mail.job.ts';
import { READING_BUDGET } from './intake/read-letter.ts';
import { watchCollection } from './intake/watch-collection.job.ts';
import { checkDefaultBases } from './knowledge-base/check-default-bases.ts';
import { exportRoutes } from './knowledge-base/export.routes.ts';
import { startFollowing, sweepRemovals } from './knowledge-base/follow-articles.ts';
import { kbRoutes } from './knowledge-base/kb.routes.ts';
import { feedCampaign } from './mass-mail/feed-campaign.job.ts';
import { massMailRoutes } from './mass-mail/mass-mail.routes.ts';
import { letGoOldMails } from './outbound/keep-mails.ts';
import { deliverySettled } from './outbound/outbound.events.ts';
import { watchOutgoing } from './outbound/outbound-metrics.ts';
import { startSender } from './outbound/sender.ts';
import { wakeWaitingMail } from './outbound/sending-trouble.ts';
import { sweepPartialBlobs } from './platform/blobs.ts';
import { systemClock } from './platform/clock.ts';
import type { Config } from './platform/config.ts';
import { type Services, systemContext } from './platform/context.ts';
import { Database, type Wake } from './platform/database.ts';
import { makeDnsDoor } from './platform/dns.ts';
import { type Event, onEvent, startEventLoops, sweepEvents } from './platform/events.ts';
import { metrics } from './platform/health-routes.ts';
import { makeHttp, type Routes } from './platform/http.ts';
import { defineJob, type JobDefinition, startJobRunner } from './platform/jobs.ts';
import { makeLog } from './platform/log.ts';
import { lockDataDir } from './platform/process-lock.ts';
import { systemRandom } from './platform/random.ts';
import { makeRankingThread } from './platform/ranking.ts';
import { removeReleasedBlobs } from './platform/release-blobs.ts';
import { checkSecretKey } from './platform/secret-check.ts';
import { loadSecretKey, makeSecrets } from './platform/secrets.ts';
import { makeSmtpDoor } from './platform/smtp-door.ts';
import { makeBlobSweep } from './platform/sweep-blobs.ts';
import { sweepThrottles } from './platform/throttle.ts';
import { makeWorkerPool } from './platform/worker-pool.ts';
import { makePubSub, makeSchema } from './schema.ts';
import { KEY_WORK_BUDGET } from './settings/pgp-threads.ts';
import { addSettingsCheck } from './settings/save-settings.ts';
import { settingsSaved } from './settings/settings.events.ts';
import { wkdRoutes } from './settings/wkd.routes.ts';
import { closeAnswered } from './tickets/close-answered.job.ts';
import { TICKET_DELETED } from './tickets/deleted-ticket.resolver.ts';
import { sweepReplyKeys } from './tickets/idempotent.ts';
import { learnFromTicket } from './tickets/learn-from-ticket.job.ts';
import { sweepOfferedKeys } from './tickets/requester-keys.ts';
import { settleDelivery } from './tickets/settle-delivery.job.ts';
import { ticketChanged, ticketDeleted, ticketSettled } from './tickets/ticket.events.ts';
import { TICKET_CHANGED } from './tickets/ticket.resolver.ts';
import { ticketRoutes } from './tickets/ticket.routes.ts';
import { sweepSentReplies } from './tickets/undo-send.ts';
import { uploadRoutes } from './tickets/upload.routes.ts';
import { sweepUploads } from './tickets/uploads.ts';

const READING_THREADS = 2;
/** A slow letter must not keep replies from being encrypted. */
const KEY_THREADS = 2;

/** Removes what is over: sessions, events, half-received blobs, old lines. Safe to run twice: it only removes what is over. */
const sweep = defineJob<null>({
  name: 'sweep',
  everyMs: 3_600_000,
  async run(ctx) {
    await sweepSessions(ctx);
    await sweepThrottles(ctx);
    await sweepEvents(ctx);
    await sweepPartialBlobs(ctx);
    await sweepMailboxLog(ctx);
    await sweepReplyKeys(ctx);
    await sweepRemovals(ctx);
    await sweepOfferedKeys(ctx);
    await sweepSentReplies(ctx);
    await sweepUploads(ctx);
  },
});

const jobs: JobDefinition<never>[] = [
  sweep,
  makeBlobSweep([letGoOldMails]),
  removeReleasedBlobs,
  wakeWaitingMail,
  closeAnswered,
  settleDelivery,
  collectMailbox,
  collectOnSave,
  processMail,
  cleanAgain,
  watchCollection,
  learnFromTicket,
  feedCampaign,
];

const listeners = [
  onEvent(deliverySettled, settleDelivery),
  onEvent(settingsSaved, wakeWaitingMail),
  onEvent(settingsSaved, collectOnSave),
  onEvent(ticketSettled, learnFromTicket),
];

/** Every plain HTTP address of the features. */
export const routes: Routes[] = [
  kbRoutes,
  exportRoutes,
  ticketRoutes,
  uploadRoutes,
  intakeRoutes,
  massMailRoutes,
  wkdRoutes,
];

addSettingsCheck(checkDefaultBases);

/** The running product. */
export interface App {
  readonly url: string;
  /** The link with the one-time set-up token; null once it is set up. */
  readonly setupUrl: string | null;
  readonly services: Services;
  /** Takes no more work, finishes what is under way, and closes everything. */
  stop(): Promise<void>;
}

/** Starts the product. The only place that knows every feature. @throws ConfigError when it cannot start as configured */
export async function startApp(config: Config): Promise<App> {
  const lock = config.database.kind === 'sqlite' ? lockDataDir(config.dataDir) : null;
  const mayCreateKey = config.secretKeyFile.startsWith(`${config.dataDir}/`);
  const secrets = makeSecrets(loadSecretKey(config.secretKeyFile, mayCreateKey));
  const database = await Database.open(config.database, entities);
  const wakes: Record<Wake, () => void> = { events: () => {}, jobs: () => {}, mail: () => {}, rankings: () => {} };
  const log = makeLog(config.logLevel);
  const services: Services = {
    config,
    clock: systemClock,
    random: systemRandom,
    log,
    database,
    secrets,
    openPop3,
    dns: makeDnsDoor(),
    smtp: makeSmtpDoor(),
    workers: makeWorkerPool({
      program: new URL('./intake/understand-mail.worker.js', import.meta.url),
      size: READING_THREADS,
      ...READING_BUDGET,
    }),
    ranking: makeRankingThread(new URL('./knowledge-base/rank-articles.worker.js', import.meta.url), log, {
      rescoreModule: config.suggestModel,
    }),
    keyWorkers: makeWorkerPool({
      program: new URL('./settings/pgp-work.worker.js', import.meta.url),
      size: KEY_THREADS,
      ...KEY_WORK_BUDGET,
    }),
    wake: (what) => wakes[what](),
  };
  await checkSecretKey(systemContext(services));
  watchOutgoing(systemContext(services), metrics);

  const pubSub = makePubSub();
  const hear = (event: Event) => {
    if (event.name === ticketChanged.eventName) pubSub.publish(TICKET_CHANGED, event.payload);
    if (event.name === ticketDeleted.eventName) pubSub.publish(TICKET_DELETED, event.payload);
  };
  const http = await makeHttp(services, {
    schema: await makeSchema(pubSub),
    authenticate,
    routes,
  });
  const events = await startEventLoops(services, listeners, (event) => {
    hear(event);
    wakes.jobs();
  });
  wakes.events = events.wake;
  const runner = await startJobRunner(services, jobs);
  wakes.jobs = runner.wake;
  const sender = startSender(services);
  wakes.mail = sender.wake;
  const following = startFollowing(services);
  wakes.rankings = following.wake;
  await requestCollection(systemContext(services));
  await requestCleaning(systemContext(services));
  const token = await ensureSetupToken(services);
  await http.app.listen({ host: config.host, port: config.port });
  const address = http.app.server.address();
  const url =
    typeof address === 'object' && address && config.port === 0 ? `http://localhost:${address.port}` : config.publicUrl;
  services.log.info({ port: config.port, database: database.dialect }, 'the product is ready');

  return {
    url,
    setupUrl: token === null ? null : `${url}/setup?token=${token}`,
    services,
    async stop() {
      await sender.stop();
      await runner.stop();
      await events.stop();
      await http.close();
      await following.stop();
      await services.workers.close();
      await services.keyWorkers.close();
      await services.smtp.close();
      await database.close();
      lock?.release();
    },
  };
}
