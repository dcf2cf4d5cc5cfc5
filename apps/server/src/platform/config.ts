import { isIP } from 'node:net';
import { resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

/** Where rows live: a file of the embedded database, or a server named by a URL. */
export type DatabaseConfig =
  | { readonly kind: 'sqlite'; readonly file: string }
  | { readonly kind: 'mysql' | 'mariadb'; readonly url: string };

/** What the person who deploys decides, read once at the start and never changed. */
export interface Config {
  readonly host: string;
  readonly port: number;
  readonly dataDir: string;
  readonly database: DatabaseConfig;
  readonly secretKeyFile: string;
  /** Origin that people and links use, without a trailing slash. */
  readonly publicUrl: string;
  /** Addresses and networks of proxies whose word for where a request comes from is taken. */
  readonly trustedProxies: readonly string[];
  /** Session cookies may travel over plain HTTP: only for loopback addresses or when asked for. */
  readonly insecureCookies: boolean;
  /** Bearer token that opens /metrics to hosts other than loopback; null: loopback only. */
  readonly metricsToken: string | null;
  readonly logLevel: string;
  /** An owner's own module that orders suggestions; null: none. */
  readonly suggestModel: string | null;
  /** Folder of the built admin app. */
  readonly adminDir: string;
}

type Env = Readonly<Record<string, string | undefined>>;

/** A setting of the environment that the product cannot start with; the message names the variable. */
export class ConfigError extends Error {}

/** Reads and checks the environment. The only reader of it. @throws ConfigError naming the variable and what was expected */
export function loadConfig(env: Env): Config {
  const port = wholeNumber(env, 'PORT', 4000, 0, 65_535);
  const dataDir = resolve(env.DATA_DIR ?? './data');
  const publicUrl = origin(env.PUBLIC_URL ?? `http://localhost:${port}`);
  return Object.freeze({
    host: env.HOST ?? '127.0.0.1',
    port,
    dataDir,
    database: databaseConfig(env.DATABASE_URL, dataDir),
    secretKeyFile: resolve(env.SECRET_KEY_FILE ?? resolve(dataDir, 'secret.key')),
    publicUrl,
    trustedProxies: networks(env.TRUSTED_PROXIES ?? ''),
    insecureCookies: publicUrl.startsWith('http:') && (isLoopback(publicUrl) || env.INSECURE_COOKIES === '1'),
    metricsToken: env.METRICS_TOKEN || null,
    logLevel: env.LOG_LEVEL ?? 'info',
    suggestModel: env.SUGGEST_MODEL ? pathToFileURL(resolve(env.SUGGEST_MODEL)).href : null,
    adminDir: resolve(env.ADMIN_DIR ?? fileURLToPath(new URL('../../../admin/dist', import.meta.url))),
  });
}

function databaseConfig(url: string | undefined, dataDir: string): DatabaseConfig {
  if (!url) return { kind: 'sqlite', file: resolve(dataDir, 'support-center.db') };
  const kind = /^(mysql|mariadb):\/\//.exec(url)?.[1];
  if (!kind || !URL.canParse(url)) {
    throw new ConfigError(
      'DATABASE_URL: expected mysql://user:password@host/database or mariadb://…, or nothing at all',
    );
  }
  return { kind: kind as 'mysql' | 'mariadb', url };
}

function wholeNumber(env: Env, name: string, fallback: number, min: number, max: number): number {
  const raw = env[name];
  if (raw === undefined || raw === '') return fallback;
  const value = Number(raw);
  if (!/^\d+$/.test(raw) || value < min || value > max) {
    throw new ConfigError(`${name}: expected a whole number from ${min} to ${max}, got "${raw}"`);
  }
  return value;
}

function origin(raw: string): string {
  const url = URL.canParse(raw) ? new URL(raw) : null;
  if (!url || !/^https?:$/.test(url.protocol)) {
    throw new ConfigError(`PUBLIC_URL: expected an address such as https://desk.example.com, got "${raw}"`);
  }
  return url.origin;
}

function networks(raw: string): string[] {
  const named = raw.split(',').map((one) => one.trim());
  return named.filter((one) => {
    if (one === '') return false;
    const [, address = '', bits] = /^([^/]*)(?:\/(\d{1,3}))?$/.exec(one) ?? [];
    const longest = isIP(address) === 4 ? 32 : isIP(address) === 6 ? 128 : 0;
    if (longest === 0 || (bits !== undefined && (Number(bits) < 1 || Number(bits) > longest)))
      throw new ConfigError(
        `TRUSTED_PROXIES: expected addresses or networks such as 127.0.0.1, 172.16.0.0/12, got "${one}"`,
      );
    return true;
  });
}

function isLoopback(url: string): boolean {
  return /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(new URL(url).hostname);
}
