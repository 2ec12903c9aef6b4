import * as ipaddr from 'ipaddr.js';

/** A range of addresses in CIDR notation, its host bits cleared. */
export interface Cidr {
  readonly network: ipaddr.IPv4 | ipaddr.IPv6;
  /** Length of the prefix in bits. */
  readonly bits: number;
  /** Whether it was written with bits beyond the prefix, such as `172.20.0.1/16`. */
  readonly hasHostBits?: boolean;
}

/** The same few ranges come again and again in a fleet; reading one takes longer than all else that is done with it. */
const known = new Map<string, Cidr | undefined>();
const MOST_KNOWN = 4096;

/** Reads `172.20.0.0/16` or `2001:db8::/56`; `undefined` where it is neither. */
export function parseCidr(text: unknown): Cidr | undefined {
  if (typeof text !== 'string') return undefined;
  if (known.has(text)) return known.get(text);
  const cidr = read(text);
  if (known.size < MOST_KNOWN) known.set(text, cidr);
  return cidr;
}

const FOUR_NUMBERS = /^(?:(?:0|[1-9]\d*)[./]){4}\d+$/;

function read(text: string): Cidr | undefined {
  const Type = text.includes(':') ? ipaddr.IPv6 : ipaddr.IPv4;
  // ipaddr.js takes the historic forms too ("10/8", "0x0a000000/8", "010.0.0.0/8"), which Go does not.
  if (Type === ipaddr.IPv4 && !FOUR_NUMBERS.test(text)) return undefined;
  try {
    const network = Type.networkAddressFromCIDR(text);
    const [address, bits] = Type.parseCIDR(text);
    return { network, bits, hasHostBits: address.toString() !== network.toString() };
  } catch {
    return undefined;
  }
}

/** `172.20.0.0/16`. */
export function formatCidr(cidr: Cidr): string {
  return `${cidr.network.toString()}/${cidr.bits}`;
}

/** Whether all of `child` lies in `parent`. */
export function contains(parent: Cidr, child: Cidr): boolean {
  return parent.bits <= child.bits && beginsIn(parent, child);
}

/** Whether the first address of `child` lies in `parent`. */
export function beginsIn(parent: Cidr, child: Cidr): boolean {
  // match() throws where one is IPv4 and the other IPv6.
  return parent.network.kind() === child.network.kind() && child.network.match(parent.network, parent.bits);
}

/** Whether the two share an address. */
export function overlaps(a: Cidr, b: Cidr): boolean {
  return contains(a, b) || contains(b, a);
}

/** The 2^`extraBits` equal parts of an IPv4 range, in order; none where they would be smaller than one address. */
export function split(parent: Cidr, extraBits: number): Cidr[] {
  const bits = parent.bits + extraBits;
  if (parent.network.kind() !== 'ipv4' || bits > 32) return [];
  const first = parent.network.toByteArray().reduce((value, byte) => value * 256 + byte, 0);
  return Array.from({ length: 2 ** extraBits }, (_, index) => {
    const address = first + index * 2 ** (32 - bits);
    const bytes = [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256);
    return { network: new ipaddr.IPv4(bytes), bits };
  });
}
