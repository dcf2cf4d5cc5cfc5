export { TEST_CA, TEST_CERTIFICATES, type TestCertificate, type TestCertificateName } from './certificates.ts';
export type { FakePop3Options, FakeScript } from './fake-options.ts';
export { FakePop3, startFakePop3 } from './fake-server.ts';
export type { FakePop3Faults, FakeRefusal, FakeRetrFault } from './faults.ts';
export type { FakeMessage, FakeMessageInput } from './maildrop.ts';
export { DotStuffer } from './stuffing.ts';
