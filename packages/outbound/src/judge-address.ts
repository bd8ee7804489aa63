import ipaddr from 'ipaddr.js';

/** Public by their number, yet doors to the machine's own cloud. */
const METADATA = new Set(['168.63.129.16']);

const [V6_PUBLIC, V4_RESERVED] = [
  ipaddr.parseCIDR('2000::/3') as [ipaddr.IPv6, number],
  // Newer than some lists: benchmarks, and what AS112 answers for.
  ['198.18.0.0/15', '192.31.196.0/24', '192.52.193.0/24', '192.175.48.0/24'].map(
    (range) => ipaddr.parseCIDR(range) as [ipaddr.IPv4, number],
  ),
];
/** Parts of 2000::/3 that are no hosts of the public network: special protocols, documentation, 6to4, the old 6bone. */
const V6_SPECIAL = ['2001::/23', '2001:db8::/32', '2002::/16', '3ffe::/16', '3fff::/20', '2620:4f:8000::/48'].map(
  (range) => ipaddr.parseCIDR(range) as [ipaddr.IPv6, number],
);

/** True only for plain public unicast: no private, local, shared, mapped, translated or tunnelled address. */
export function isPublicAddress(text: string): boolean {
  // A zone ("%eth0") is only ever local.
  if (text.includes('%') || !ipaddr.isValid(text)) return false;
  const address = ipaddr.parse(text);
  if (address.range() !== 'unicast' || METADATA.has(address.toString())) return false;
  if (address instanceof ipaddr.IPv4) return !V4_RESERVED.some((range) => address.match(range));
  return address.match(V6_PUBLIC) && !V6_SPECIAL.some((range) => address.match(range));
}
