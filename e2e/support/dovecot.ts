import { type ChildProcess, spawn } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from './free-port.ts';

const BINARY = '/usr/sbin/dovecot';

/** A real Dovecot on loopback with one mailbox. */
export interface Dovecot {
  readonly port: number;
  readonly user: string;
  readonly password: string;
  /** Puts a letter into the mailbox as a mail system would. */
  deliver(letter: string | Buffer): void;
  /** How many letters wait there. */
  count(): number;
  stop(): Promise<void>;
}

let delivered = 0;

/** Starts Dovecot with a configuration, a password file and a maildir of its own. */
export async function startDovecot(): Promise<Dovecot> {
  if (!existsSync(BINARY)) throw new Error(`${BINARY} is missing: install Debian's dovecot-pop3d`);
  const folder = mkdtempSync(join(tmpdir(), 'dovecot-'));
  const port = await freePort();
  const maildir = join(folder, 'mail');
  for (const part of ['new', 'cur', 'tmp']) mkdirSync(join(maildir, part), { recursive: true });
  mkdirSync(join(folder, 'run'));
  const [user, password] = ['support-login', 'mailbox secret'];
  writeFileSync(join(folder, 'passwd'), `${user}:{PLAIN}${password}::::::\n`, { mode: 0o644 });
  writeFileSync(join(folder, 'dovecot.conf'), configuration(folder, port));
  makeOwned(folder);

  const child = spawn(BINARY, ['-F', '-c', join(folder, 'dovecot.conf')], { stdio: 'ignore' });
  await answers(port, child);
  return {
    port,
    user,
    password,
    deliver(letter) {
      const name = `${Date.now()}.M${process.hrtime.bigint()}P${process.pid}Q${delivered++}.localhost`;
      const file = join(maildir, 'tmp', name);
      writeFileSync(file, letter);
      chownSync(file, 65534, 65534);
      renameSync(file, join(maildir, 'new', name)); // whole and owned before the server may see it
    },
    count: () => readdirSync(join(maildir, 'new')).length + readdirSync(join(maildir, 'cur')).length,
    async stop() {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGTERM');
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Mail belongs to "nobody": Dovecot refuses to serve mail as root. */
function configuration(folder: string, port: number): string {
  return `
protocols = pop3
listen = 127.0.0.1
base_dir = ${folder}/run
state_dir = ${folder}/run
log_path = ${folder}/dovecot.log
ssl = no
disable_plaintext_auth = no
auth_mechanisms = plain login
mail_location = maildir:${folder}/mail
mail_uid = 65534
mail_gid = 65534
first_valid_uid = 100
default_internal_user = dovecot
default_login_user = dovenull
pop3_uidl_format = %08Xu%08Xv
service pop3-login {
  chroot =
  inet_listener pop3 {
    port = ${port}
  }
  inet_listener pop3s {
    port = 0
  }
}
service anvil {
  chroot =
}
service stats {
  chroot =
}
passdb {
  driver = passwd-file
  args = ${folder}/passwd
}
userdb {
  driver = static
  args = uid=65534 gid=65534 home=${folder}
}
`;
}

function makeOwned(folder: string): void {
  chmodSync(folder, 0o755); // Dovecot's processes of other users read the password file in it
  for (const path of [folder, join(folder, 'mail'), ...['new', 'cur', 'tmp'].map((part) => join(folder, 'mail', part))])
    chownSync(path, 65534, 65534);
}

async function answers(port: number, child: ChildProcess): Promise<void> {
  for (let tries = 0; tries < 200; tries++) {
    if (child.exitCode !== null) throw new Error(`Dovecot ended with ${child.exitCode}`);
    const open = await new Promise<boolean>((resolve) => {
      const socket = connect(port, '127.0.0.1', () => resolve(true));
      socket.once('error', () => resolve(false));
      socket.once('connect', () => socket.end());
    });
    if (open) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('Dovecot did not answer within 10 s');
}
