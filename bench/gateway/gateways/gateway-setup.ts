import type { TokenAlgorithm } from '../topology/token-issuer.ts';

export interface Launch {
  supergraph: string;
  port: number;
}

export interface GatewaySetup {
  title: string;
  /** Whether it has to be installed first. */
  peer: boolean;
  /** The packages whose versions belong beside its figures. */
  packages: readonly string[];
  /** Script and arguments for Node. */
  command(launch: Launch): string[];
  /** How its user's token is signed; whether it looks at one at all is another matter. */
  token: TokenAlgorithm;
  verifiesTokens: boolean;
}
