export { createSealer } from './create-sealer.ts';
export { KEY_BYTES, type Keyring, parseKeyring, readKeptKeys } from './keyring.ts';
export { checkSealing, type Sealing, sealAnew } from './tend-keys.ts';
