/** CPU time of this process in milliseconds: a busy machine makes a test wait, not spend. */
export function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}
