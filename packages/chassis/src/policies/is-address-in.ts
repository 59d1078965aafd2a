import { BlockList, isIP } from 'node:net';

/** Whether an address is one of these, or in one of these CIDR ranges; IPv4 may come mapped into IPv6. */
export function isAddressIn(address: string, ranges: readonly string[]): boolean {
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, '');
  const family = familyOf(plain);
  if (!family) return false;
  const list = new BlockList();
  for (const entry of ranges) {
    const [network = '', bits] = entry.split('/');
    const kind = familyOf(network);
    if (!kind) continue;
    if (bits === undefined) list.addAddress(network, kind);
    else list.addSubnet(network, Number(bits), kind);
  }
  return list.check(plain, family);
}

function familyOf(address: string): 'ipv4' | 'ipv6' | undefined {
  const version = isIP(address);
  if (version === 0) return undefined;
  return version === 4 ? 'ipv4' : 'ipv6';
}
