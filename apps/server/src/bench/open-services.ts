import { openPop3 } from '@support-center/pop3';
import { entities } from '../entities.ts';
import { READING_BUDGET } from '../intake/read-letter.ts';
import { systemClock } from '../platform/clock.ts';
import { loadConfig } from '../platform/config.ts';
import type { Services } from '../platform/context.ts';
import { Database } from '../platform/database.ts';
import { makeDnsDoor } from '../platform/dns.ts';
import { makeLog } from '../platform/log.ts';
import { systemRandom } from '../platform/random.ts';
import { makeRankingThread } from '../platform/ranking.ts';
import { loadSecretKey, makeSecrets } from '../platform/secrets.ts';
import { makeSmtpDoor } from '../platform/smtp-door.ts';
import { makeWorkerPool } from '../platform/worker-pool.ts';
import { KEY_WORK_BUDGET } from '../settings/pgp-threads.ts';
import type { TemporaryDatabase } from './temporary-database.ts';

/** The services of a product on this database, without its loops. */
export async function openServices({ folder, config: database }: TemporaryDatabase): Promise<Services> {
  const config = { ...loadConfig({ DATA_DIR: folder }), database };
  const log = makeLog('error');
  return {
    config,
    clock: systemClock,
    random: systemRandom,
    log,
    database: await Database.open(database, entities),
    secrets: makeSecrets(loadSecretKey(config.secretKeyFile, true)),
    openPop3,
    dns: makeDnsDoor(),
    smtp: makeSmtpDoor(),
    workers: makeWorkerPool({
      program: new URL('../intake/understand-mail.worker.js', import.meta.url),
      size: 2,
      ...READING_BUDGET,
    }),
    keyWorkers: makeWorkerPool({
      program: new URL('../settings/pgp-work.worker.js', import.meta.url),
      size: 1,
      ...KEY_WORK_BUDGET,
    }),
    ranking: makeRankingThread(new URL('../knowledge-base/rank-articles.worker.js', import.meta.url), log),
    wake: () => undefined,
  };
}
