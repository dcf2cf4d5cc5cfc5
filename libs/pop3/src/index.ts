export type { Pop3Capabilities } from './capabilities.ts';
export { Pop3Error, type Pop3ErrorCode } from './errors.ts';
export { DEFAULT_LIMITS, type Pop3Limits } from './limits.ts';
export { openPop3 } from './open.ts';
export type { Pop3Options, Pop3Security, Pop3Step, Pop3Warning } from './options.ts';
export type { Retrieved } from './retrieve-all.ts';
export type { Pop3Certificate } from './secure.ts';
export type { Pop3Session } from './session.ts';
