import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import type { MadePasskey, UsedPasskey } from '@repo/domain/passkeys/schema';

const base64url = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64url');
const sha256 = (data: string | Uint8Array) => createHash('sha256').update(data).digest();
const hex = (...parts: string[]) => Buffer.from(parts.join(''), 'hex');

export type Plan = { origin?: string; isVerified?: boolean; challenge?: string };
const FLAGS = { present: 0x01, verified: 0x04, attested: 0x40 };

/** A device with one P-256 key, and the browser around it. `counter` may be turned back, as a copied key's would be. */
export function aSoftwareAuthenticator() {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const id = base64url(randomBytes(16));
  const device = { id, counter: 0, userHandle: '', make, use };
  return device;

  function make(
    options: { challenge: string; rp: { id?: string }; user: { id: string } },
    plan: Plan = {},
  ): MadePasskey {
    device.userHandle = options.user.id;
    const { x, y } = publicKey.export({ format: 'jwk' });
    const [left, right] = [x, y].map((part) => Buffer.from(part!, 'base64url').toString('hex'));
    // A CBOR map: EC2, ES256, P-256, and the point.
    const cose = hex('a5', '0102', '0326', '2001', '215820', left!, '225820', right!);
    const credentialId = Buffer.from(id, 'base64url');
    const attested = Buffer.concat([Buffer.alloc(16), hex('0010'), credentialId, cose]);
    const authData = Buffer.concat([headOf(options.rp.id!, plan, FLAGS.attested), attested]);
    // {"fmt": "none", "attStmt": {}, "authData": bytes}
    const length = authData.length.toString(16).padStart(4, '0');
    const words = ['fmt', 'attStmt', 'authData'].map(
      (word) => (0x60 + word.length).toString(16) + Buffer.from(word).toString('hex'),
    );
    const none = `64${Buffer.from('none').toString('hex')}`;
    const attestation = Buffer.concat([hex('a3', words[0]!, none, words[1]!, 'a0', words[2]!, '59', length), authData]);
    const clientDataJSON = clientData('webauthn.create', options.challenge, plan);
    const response = { clientDataJSON, attestationObject: base64url(attestation), transports: ['internal'] };
    return { id, rawId: id, type: 'public-key', clientExtensionResults: {}, response };
  }

  function use(options: { challenge: string; rpId?: string }, plan: Plan = {}): UsedPasskey {
    device.counter += 1;
    const authData = headOf(options.rpId!, plan, 0);
    const clientDataJSON = clientData('webauthn.get', options.challenge, plan);
    const signed = Buffer.concat([authData, sha256(Buffer.from(clientDataJSON, 'base64url'))]);
    const response = {
      clientDataJSON,
      authenticatorData: base64url(authData),
      signature: base64url(sign('sha256', signed, privateKey)),
      userHandle: device.userHandle,
    };
    return { id: device.id, rawId: device.id, type: 'public-key', clientExtensionResults: {}, response };
  }

  function headOf(rpId: string, { isVerified = true }: Plan, more: number): Buffer {
    const count = Buffer.alloc(4);
    count.writeUInt32BE(device.counter);
    const flags = FLAGS.present | (isVerified ? FLAGS.verified : 0) | more;
    return Buffer.concat([sha256(rpId), Buffer.from([flags]), count]);
  }
}

const clientData = (type: string, asked: string, { origin = 'http://localhost:3000', challenge = asked }: Plan) =>
  base64url(Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false })));
