/** Who counts as one by an address: an IPv4 address, or the /64 that one house has of IPv6. */
export function networkOf(ip: string): string {
  const short = /\d+\.\d+\.\d+\.\d+/.exec(ip)?.[0];
  if (short !== undefined || !ip.includes(':')) return short ?? ip;
  const [before = '', after = ''] = ip.split('::');
  const [start, end] = [before, after].map((part) => part.split(':').filter((group) => group !== '')) as [
    string[],
    string[],
  ];
  const left = Array.from({ length: Math.max(0, 8 - start.length - end.length) }, () => '0');
  return [...start, ...left, ...end].slice(0, 4).join(':');
}
